// Preloaded into a command's process (`--import`): says at its end how much memory it took, at most in the first fifth of
// its time, and at most ever.
const samples: number[] = []
const EVERY_MS = 50
setInterval(() => samples.push(process.memoryUsage.rss()), EVERY_MS).unref()
process.on('exit', () => {
  samples.push(process.memoryUsage.rss())
  const early = Math.max(...samples.slice(0, Math.ceil(samples.length / 5)))
  process.stderr.write(`resident ${early} ${process.resourceUsage().maxRSS * 1024}\n`)
})
