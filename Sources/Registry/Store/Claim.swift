internal import SQLite

#if canImport(Glibc)
  internal import Glibc
#endif

/// The right to serve a database: one process has it at a time, and it ends with the process, however that ends.
///
/// It is a lock on a file beside the database, since SQLite has locks of its own on the database itself.
/// Commands that open a database beside its server don't need it.
public final class Claim: Sendable {
  private let descriptor: Int32

  public init(on database: String) throws(RegistryError) {
    // SQLite would open it for reading alone, without a word.
    guard unsafe access(database, F_OK) != 0 || access(database, W_OK) == 0 else { throw .readOnly }
    var file = stat()
    let isThere = unsafe stat(database, &file) == 0 && file.st_mode & S_IFMT == S_IFREG
    guard !isThere || file.st_nlink == 1 else {
      throw .unusable(
        "The file has another name, a hard link. Its log is found by its name, so what is written by one would be lost to the other: keep one of them."
      )
    }
    let path = DatabaseFile(at: database).path + "-serve"
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw errno == EROFS
        ? .readOnly : .unusable("\(path) can't be written: no such folder, or no permission.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .unusable("Another cairn serves this database; stop that one first.")
    }
  }

  deinit { close(descriptor) }
}
