// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

import { Presets, SingleBar } from 'cli-progress';

/** How far a simulation has come, on standard error, so that the result can be piped. */
export interface Progress {
  /** So many more pull requests are to be seen. */
  expect(more: number): void;
  seen(): void;
  /** A line that stays: why it takes longer. */
  tell(line: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere lines alone. */
export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const format = 'Judging by both policies {bar} {value} of {total} pull requests';
  const bar = new SingleBar({ stream, format, clearOnComplete: true, hideCursor: true }, Presets.shades_classic);
  let total = 0;
  bar.start(total, 0);
  return {
    expect: (more) => {
      total += more;
      bar.setTotal(total);
    },
    seen: () => bar.increment(),
    tell: (line) => void stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}${line}\n`),
    stop: () => bar.stop(),
  };
}
