// Preloaded into a command's process (`--import`): says at its end how much memory it ever took.
process.on('exit', () => {
  process.stderr.write(`resident ${process.resourceUsage().maxRSS * 1024}\n`)
})
