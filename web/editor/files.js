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

/** Saves files as one zip. @param {string} name @param {string} folder @param {[string, Uint8Array][]} files */
export async function saveFolder(name, folder, files) {
  const { zipSync } = await import("fflate");
  const inside = Object.fromEntries(files.map(([path, bytes]) => [`${folder}/${path}`, bytes]));
  save(name, zipSync(inside), "application/zip");
}

/** Whether the device can pass a link on by itself. */
export function canPassOn() {
  return typeof navigator.share === "function";
}

/** Passes a link on. @param {string} title @param {string} url */
export function passOn(title, url) {
  // A person who changes their mind is no error.
  navigator.share({ title, url }).catch(() => {});
}
