// SPDX-FileCopyrightText: 2026 Countersign contributors
//
// SPDX-License-Identifier: AGPL-3.0-or-later

/** What service managers and container engines send, and Ctrl-C. */
const signals = ['SIGTERM', 'SIGINT'] as const;

/** Ctrl-C reaches the App from the terminal and, under `npm start`, from npm too: within this many milliseconds it is one. */
const sameWithin = 500;

const endAtOnce = () => process.exit(0);

/**
 * Until `onStop` is called a signal ends the process at once, since nothing has begun. The first process of a container has
 * to say so: a signal that it doesn't listen to is lost, and the engine kills it when its patience ends.
 */
export function endWhenTold(): void {
  for (const signal of signals) process.on(signal, endAtOnce);
}

/** From now on the first signal calls `stop`; another one ends the process at once, with exit code 1. */
export function onStop(stop: (signal: NodeJS.Signals) => void): void {
  let told: number | null = null;
  for (const signal of signals) {
    process.on(signal, () => {
      if (told === null) stop(signal);
      else if (performance.now() - told > sameWithin) process.exit(1);
      told ??= performance.now();
    });
    process.off(signal, endAtOnce);
  }
}
