#pragma once
#include <sqlite3.h>

/// The name of a VFS of SQLite whose connections may gather what they write to the log; a null pointer where it can't be
/// had. On any thread.
const char *write_ahead_log_vfs(void);

/// From here on the connection writes its log in few pieces, instead of each frame's header and its page by themselves;
/// with 0 it does so no more, and what isn't in the file by then was of no transaction that lasts.
///
/// That is for the time of a COMMIT alone, which holds the lock for writing: kept any longer, what a transaction that was
/// rolled back had written would go over what another connection has written since. All of a transaction is in the
/// file before the write of its last frame returns, as ever.
void write_ahead_log_gather(sqlite3 *connection, int gathers);
