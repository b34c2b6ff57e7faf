// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A thread that cannot run, for in-thread.test.ts. */
throw new Error('this installation is broken');
