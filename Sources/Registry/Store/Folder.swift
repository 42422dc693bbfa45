#if canImport(Glibc)
  internal import Glibc
#endif

/// Has a folder's names on disk.
func syncFolder(_ folder: String) {
  let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
