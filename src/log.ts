/** One JSON line per event on stderr, so stdout stays free for answers. Personal data is masked before it gets here. */
import pino from "pino";

export type Log = pino.Logger;

export function createLog(level: string): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
