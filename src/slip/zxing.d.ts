/** What the declarations of zxing-wasm expect of a browser and of Emscripten, as far as they name it. */

interface ImageData {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

interface EmscriptenModule {
  wasmBinary: ArrayBuffer
  locateFile(file: string, folder: string): string
}

type EmscriptenModuleFactory<T extends EmscriptenModule> = (overrides?: Partial<EmscriptenModule>) => Promise<T>
