"""The registry as somebody far away has it: its pages come piece by piece, and what has come is shown."""
import http.server, threading, time, urllib.error, urllib.request

PIECES = 6
LEAST = 2048  # bytes of a piece
BETWEEN = 0.1  # seconds; Chromium shows what it has meanwhile


class Pieces:
    def __init__(self, origin):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                if self.path == "/favicon.ico":  # Chromium asks before it has read which icon there is.
                    self.send_response(204)
                    return self.end_headers()
                try:
                    answer = urllib.request.urlopen(origin + self.path)
                except urllib.error.HTTPError as refused:
                    answer = refused
                body = answer.read()
                self.send_response(answer.status)
                for name in ("Content-Type", "Content-Security-Policy"):
                    if name in answer.headers:
                        self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                is_page = answer.headers.get_content_type() == "text/html"
                size = max(LEAST, len(body) // PIECES) if is_page else max(1, len(body))
                for start in range(0, len(body), size):
                    if start:
                        time.sleep(BETWEEN)
                    self.wfile.write(body[start:start + size])

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()
