//! The contract of the city once more, on PostgreSQL, and what several instances on one database promise beside.

#[path = "../service/admin.rs"]
mod admin;
#[path = "../service/blobs.rs"]
mod blobs;
#[path = "../service/blobs_go.rs"]
mod blobs_go;
#[path = "../service/draft.rs"]
mod draft;
#[path = "../service/enrol.rs"]
mod enrol;
#[path = "../service/feed.rs"]
mod feed;
#[path = "../service/forget.rs"]
mod forget;
#[path = "../service/photo.rs"]
mod photo;
#[path = "../service/push.rs"]
mod push;
#[path = "../service/redact.rs"]
mod redact;
#[path = "../service/restore.rs"]
mod restore;
#[path = "../service/rights.rs"]
mod rights;
#[path = "../service/scope.rs"]
mod scope;
#[path = "../service/town.rs"]
mod town;
#[path = "../service/trash.rs"]
mod trash;
#[path = "../service/untold.rs"]
mod untold;
#[path = "../service/verify.rs"]
mod verify;
#[path = "../service/wait.rs"]
mod wait;

mod carried;
#[expect(
    unreachable_pub,
    dead_code,
    reason = "it is a part of the stage of all tests, too; `durable` is for the story"
)]
#[path = "../../../../tests/src/cluster.rs"]
mod cluster;
mod crash;
mod gaps;
mod gate;
mod instances;
mod many;
mod place;
mod secured;
