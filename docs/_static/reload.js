// For nox -s serve alone: a page that has been built anew is shown anew.
new WebSocket(`ws://${location.host}/websocket-reload`).onmessage = () => location.reload();
