/** The path of the public address, below which everything of ours stands for those outside; empty where there is none. */
export function publicPath(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '')
}
