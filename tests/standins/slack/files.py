"""Uploading files in the three steps of `files_upload_v2`."""

from __future__ import annotations

from aiohttp import web

from .chat import Content, compose, store
from .methods import visible_channel
from .refusals import Args, Json, RefusedError
from .state import File
from .web_api import Api, method


@method("files.getUploadURLExternal", "filename length alt_txt snippet_type", scope="files:write")
def get_upload_url(api: Api, args: Args) -> Json:
    if args.number("length", 0) <= 0:
        raise RefusedError("invalid_arguments", messages=["must be greater than 0: length"])
    file = File(api.ws.ids.fresh("F"), args.need("filename"))
    api.ws.files[file.id] = file
    return {"upload_url": f"{api.base_url}/upload/{file.id}", "file_id": file.id}


async def receive(api: Api, request: web.Request) -> web.StreamResponse:
    """The address that `files.getUploadURLExternal` gave out."""
    file = api.ws.files.get(request.match_info["file_id"])

    async def apply() -> web.StreamResponse:
        if file is None or file.content is not None:
            return web.Response(status=404, text="not found")
        if request.content_type == "multipart/form-data":
            parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
            file.content = parts[0].file.read() if parts else b""
        else:
            file.content = await request.read()
        return web.Response(text=f"OK - {len(file.content)}")

    action = api.faults.take("upload", Args())
    return await (action.around(request, apply) if action else apply())


@method(
    "files.completeUploadExternal",
    "files channel_id channels initial_comment thread_ts blocks",
    scope="files:write",
)
def complete_upload(api: Api, args: Args) -> Json:
    ws = api.ws
    wanted = args.parsed("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(each, dict) for each in wanted):
        raise RefusedError("invalid_arguments", messages=["must provide an array: files"])
    files = []
    for each in wanted:
        file = ws.files.get(str(each.get("id")))
        if file is None or file.content is None:
            raise RefusedError("file_not_found")
        file.title = str(each.get("title") or file.name)
        files.append(file)
    targets = [each for each in (args.get("channel_id") or args.get("channels") or "").split(",") if each]
    channels = [visible_channel(ws, each) for each in targets]
    if not all(each.bot_is_member for each in channels):
        raise RefusedError("not_in_channel")
    comment = args.get("initial_comment") or ""
    content = compose(ws, Args(text=comment)) if comment else Content("", [], [], None, [], [])
    for channel in channels:
        store(ws, channel, content, args, via="files.completeUploadExternal", files=files)
    return {"files": [{"id": each.id, "title": each.title, "name": each.name} for each in files]}
