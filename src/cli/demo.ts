import { Command } from 'commander'
import { readDemoConfig } from '../config/environment'

/** `devicetrail demo` */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Run everything on this machine: database, chain, supply chain, indexer and API.')
    .action(async () => {
      const { runDemo } = await import('../demo/run-demo')
      await runDemo(readDemoConfig(process.env))
    })
}
