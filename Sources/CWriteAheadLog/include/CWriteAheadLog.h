#pragma once

/// The name of a VFS of SQLite whose connections write a transaction's part of the write-ahead log in few pieces, instead of
/// each frame's header and its page by themselves; a null pointer where it can't be had.
///
/// All of a transaction is in the file before its last write returns, as ever. On any thread.
const char *write_ahead_log_vfs(void);
