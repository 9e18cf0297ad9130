// Preloaded into the gateway's process (`--expose-gc --import`): at SIGUSR2 it collects garbage and says what stays.
process.on('SIGUSR2', () => {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  process.stderr.write(`memory ${JSON.stringify({ rss, heapUsed, external })}\n`)
})
