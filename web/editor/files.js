// Files in and out: chosen by a person, saved by the browser. Nothing goes anywhere else.

/** Saves a file. @param {string} name @param {Uint8Array} bytes @param {string} type */
export function save(name, bytes, type) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * Lets a person choose a file. Nothing happens when none is chosen.
 * @param {string} accept
 * @param {number} limit in bytes
 * @param {(name: string, bytes: Uint8Array | undefined, size: number) => void} chosen bytes are undefined when it is too big
 */
export function choose(accept, limit, chosen) {
  const input = Object.assign(document.createElement("input"), { type: "file", accept });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (file) chosen(file.name, file.size <= limit ? new Uint8Array(await file.arrayBuffer()) : undefined, file.size);
  });
  input.click();
}
