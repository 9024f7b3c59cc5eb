import http.client
from urllib.parse import urlsplit

import netmile


class ByHand(netmile.Transport):
    def send(self, request: netmile.HttpRequest) -> netmile.HttpResponse:
        url = urlsplit(request.url)
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname or "", url.port, timeout=request.timeout)  # set_tunnel() for a proxy
        try:
            connection.connect()
        except OSError:
            raise netmile.NotSentError from None
        try:
            path = url.path + (f"?{url.query}" if url.query else "")
            connection.request(request.method, path, request.body, dict(request.headers))
            answer = connection.getresponse()
            return netmile.HttpResponse(answer.status, answer.getheader("Content-Type"), answer.read(16 << 20))
        finally:
            connection.close()
