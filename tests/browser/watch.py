"""Notes what a page does besides being shown: requests to others, errors in the console."""


class Watch:
    """Everything since it was last asked."""

    def __init__(self, page, base):
        self.base = base
        self.status = None
        self.noted = []
        page.on("request", self.request)
        page.on("response", self.response)
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.noted.append(f"a script failed: {error}"))

    def request(self, request):
        if not request.url.startswith((f"{self.base}/", "data:", "about:")):
            self.noted.append(f"a request to another origin: {request.url}")

    def response(self, response):
        request = response.request
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.status = response.status
        elif response.status >= 400:
            self.noted.append(f"{response.status} for {response.url}")

    def console(self, message):
        # Chromium also says so of the page itself, whose status is compared where it is expected.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server responded with a status of "):
            self.noted.append(f"an error in the console: {message.text}")

    def wrong(self):
        noted, self.noted = self.noted, []
        return noted
