internal import Glibc

/// The file through which clients find a Unix-domain socket.
struct SocketFile: Sendable {
  private let path: String
  private let (device, number): (dev_t, ino_t)

  /// The file of a socket that listens at `path`.
  init(_ path: String) throws(ServerError) {
    guard let status = fileStatus(path) else { throw ServerError(path, errno) }
    self.path = path
    (device, number) = (status.st_dev, status.st_ino)
  }

  /// Takes away what a server left behind that didn't get to it, and nothing else.
  static func clear(_ path: String) throws(ServerError) {
    guard let status = fileStatus(path) else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw ServerError(path, "there is a file that is no socket")
    }
    let address = try SocketAddress(path: path)
    let descriptor = try address.newSocket()
    defer { close(descriptor) }
    // Only a socket that nobody listens at refuses.
    guard address.withPointer({ connect(descriptor, $0, $1) }) < 0, errno == ECONNREFUSED else {
      throw ServerError(path, "another program listens there")
    }
    unlink(path)
  }

  /// Unless another server has put its own in the place.
  func remove() {
    guard let status = fileStatus(path), status.st_dev == device, status.st_ino == number else {
      return
    }
    unlink(path)
  }
}

private func fileStatus(_ path: String) -> stat? {
  var status = stat()
  return lstat(path, &status) == 0 ? status : nil
}
