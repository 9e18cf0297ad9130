/** As much of WebAssembly as we use: the types of Node.js leave it to the browser's. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>
  }
  interface Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface RuntimeError extends Error {
    readonly name: string
  }
  const RuntimeError: new (message?: string) => RuntimeError
  const Instance: new (module: Module, imports: object) => Instance
  const Memory: new (size: { readonly initial: number }) => Memory
  function compile(bytes: Uint8Array): Promise<Module>
}
