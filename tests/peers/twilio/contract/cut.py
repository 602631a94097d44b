"""Cuts Twilio's published OpenAPI documents down to what the simulator serves.

    python -m tests.peers.twilio.contract.cut FOLDER    (a checkout of twilio/twilio-oai: spec/json)

Paths and schemas are copied as they are, without examples and long explanations; LICENSE is the documents' own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"
SERVED = {
    "twilio_api_v2010.json": (
        "/2010-04-01/Accounts/{Sid}.json",
        f"{ACCOUNT}/Messages.json",
        f"{ACCOUNT}/Messages/{{Sid}}.json",
        f"{ACCOUNT}/Messages/{{MessageSid}}/Media.json",
        f"{ACCOUNT}/Messages/{{MessageSid}}/Media/{{Sid}}.json",
        f"{ACCOUNT}/IncomingPhoneNumbers.json",
        f"{ACCOUNT}/IncomingPhoneNumbers/{{Sid}}.json",
        f"{ACCOUNT}/Calls.json",
        f"{ACCOUNT}/Calls/{{Sid}}.json",
        f"{ACCOUNT}/Calls/{{CallSid}}/Events.json",
        f"{ACCOUNT}/Calls/{{CallSid}}/Transcriptions.json",
        f"{ACCOUNT}/Calls/{{CallSid}}/Transcriptions/{{Sid}}.json",
        f"{ACCOUNT}/Calls/{{CallSid}}/Recordings.json",
        f"{ACCOUNT}/Calls/{{CallSid}}/Recordings/{{Sid}}.json",
        f"{ACCOUNT}/Conferences.json",
        f"{ACCOUNT}/Conferences/{{Sid}}.json",
        f"{ACCOUNT}/Conferences/{{ConferenceSid}}/Participants.json",
        f"{ACCOUNT}/Conferences/{{ConferenceSid}}/Participants/{{CallSid}}.json",
        f"{ACCOUNT}/Conferences/{{ConferenceSid}}/Recordings.json",
        f"{ACCOUNT}/Conferences/{{ConferenceSid}}/Recordings/{{Sid}}.json",
        f"{ACCOUNT}/Recordings.json",
        f"{ACCOUNT}/Recordings/{{Sid}}.json",
        f"{ACCOUNT}/Recordings/{{RecordingSid}}/Transcriptions.json",
        f"{ACCOUNT}/Transcriptions/{{Sid}}.json",
    ),
    "twilio_content_v1.json": (
        "/v1/Content",
        "/v1/Content/{Sid}",
        "/v1/Content/{Sid}/ApprovalRequests",
        "/v1/Content/{ContentSid}/ApprovalRequests/whatsapp",
        "/v1/ContentAndApprovals",
    ),
}
EXPLAINS = ("summary", "example", "examples", "x-twilio", "tags")
SHORT = 60  # a response must have a description, and theirs are no longer


def bare(node: Any, *, names: bool = False) -> Any:
    """Without explanations; `names`: the keys here are names that the document gives, not words of OpenAPI."""
    if isinstance(node, list):
        return [bare(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if names or key not in EXPLAINS}
    if not names and len(str(kept.get("description", ""))) > SHORT:
        del kept["description"]
    return {key: bare(value, names=key == "properties" and not names) for key, value in kept.items()}


def references(node: Any) -> set[str]:
    if isinstance(node, list):
        return {found for one in node for found in references(one)}
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"].rsplit("/", 1)[-1]} if isinstance(node.get("$ref"), str) else set()
    return own.union(*(references(one) for one in node.values()))


def cut(document: dict[str, Any], paths: tuple[str, ...]) -> dict[str, Any]:
    """The document with these paths alone, and the schemas that they need."""
    kept = bare({path: document["paths"][path] for path in paths})
    schemas = document["components"]["schemas"]
    wanted: set[str] = set()
    new = references(kept)
    while new:
        wanted |= new
        new = references([schemas[name] for name in new]) - wanted
    components = {key: value for key, value in document["components"].items() if key != "schemas"}
    components["schemas"] = {name: bare(schema) for name, schema in schemas.items() if name in wanted}
    rest = {key: value for key, value in document.items() if key not in ("paths", "components", "tags")}
    return rest | {"paths": kept, "components": components}


def main(folder: Path) -> None:
    for name, paths in SERVED.items():
        document = json.loads((folder / name).read_text("utf-8"))
        (HERE / name).write_text(json.dumps(cut(document, paths), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
