internal import Glibc

/// The addresses of a host, by the system's resolver, which may take its time.
@Sendable public func systemAddresses(of host: String) -> [Address] {
  if let address = Address(host) { return [address] }
  var hints = addrinfo()
  hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var first: UnsafeMutablePointer<addrinfo>?
  guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
  defer { freeaddrinfo(first) }
  var addresses: [Address] = []
  var next = first
  while let entry = next {
    if let address = entry.pointee.ai_addr.flatMap({ Address($0) }), !addresses.contains(address) {
      addresses.append(address)
    }
    next = entry.pointee.ai_next
  }
  return addresses
}
