import type { SourceFile } from '@wabus/migrate';

/** A session consists of thousands of small files; a folder with more files than this is not a session. */
const MAX_FILES = 50_000;

/** Returns the dropped files with their paths, including the files in folders. */
export async function filesOfDrop({ items, files }: DataTransfer): Promise<SourceFile[]> {
  // The browser clears the list at the first `await`.
  const entries = [...items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null);
  if (entries.length === 0) return filesOfChoice([...files]);
  const found: SourceFile[] = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

/** Returns the files from a file dialog. The paths of files in a chosen folder are relative and begin with the folder. */
export function filesOfChoice(files: readonly File[]): Promise<SourceFile[]> {
  return Promise.all(files.map(async file => ({ path: file.webkitRelativePath || file.name, content: await bytesOf(file) })));
}

async function collect(entry: FileSystemEntry, found: SourceFile[]): Promise<void> {
  if (found.length >= MAX_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ''), content: await bytesOf(file) });
  } else for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await collect(child, found);
}

/** A directory returns its entries in batches, until one is empty. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return children;
    children.push(...portion);
  }
}

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());
