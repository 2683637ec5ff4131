import { LogLevel, setLogLevelCallback } from '@subsquid/logger'

/** Values of LOG_LEVEL. */
export type LogLevelName = 'trace' | 'debug' | 'info' | 'warn' | 'error'

const LEVELS: Record<LogLevelName, LogLevel> = {
  trace: LogLevel.TRACE,
  debug: LogLevel.DEBUG,
  info: LogLevel.INFO,
  warn: LogLevel.WARN,
  error: LogLevel.ERROR,
}

/**
 * Sets what all loggers of this thread write, those of the Subsquid packages included. Call it
 * before the first line: levels are remembered. SQD_DEBUG and the like, which those packages read,
 * then have no effect.
 */
export function useLogLevel(name: LogLevelName): void {
  setLogLevelCallback(() => LEVELS[name])
}
