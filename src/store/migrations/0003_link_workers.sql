-- The directory of link workers: one edition a list, each whole. The newest edition of a list is what holds; the ones before
-- it stay as they were.

-- One reading of one list of link workers that changed something: who, when.
create table link_worker_edition (
    id      integer primary key,
    list    text not null check (list <> ''),
    made_by text not null,
    at      text not null
) strict;

create index link_worker_edition_by_list on link_worker_edition (list);

create table link_worker_file (
    edition_id integer not null references link_worker_edition (id),
    number     integer not null,
    file       text    not null,
    blake3     text    not null,
    primary key (edition_id, number)
) strict, without rowid;

-- `entry`: all that the list says of one, with the row it stood in.
create table link_worker (
    edition_id integer not null references link_worker_edition (id),
    number     integer not null check (number >= 1),
    entry      text    not null check (json_valid(entry)),
    primary key (edition_id, number)
) strict;

-- As with the revisions of places: only ever added to.
create trigger link_worker_is_never_updated before update on link_worker begin
    select raise(abort, 'entries of link workers are never updated');
end;

create trigger link_worker_is_never_deleted before delete on link_worker begin
    select raise(abort, 'entries of link workers are never deleted');
end;

create trigger link_worker_edition_is_never_updated before update on link_worker_edition begin
    select raise(abort, 'editions are never updated');
end;

create trigger link_worker_edition_is_never_deleted before delete on link_worker_edition begin
    select raise(abort, 'editions are never deleted');
end;

create trigger link_worker_file_is_never_updated before update on link_worker_file begin
    select raise(abort, 'editions are never updated');
end;

create trigger link_worker_file_is_never_deleted before delete on link_worker_file begin
    select raise(abort, 'editions are never deleted');
end;

-- The directory is in the snapshots.
create trigger content_has_another_directory after insert on link_worker_edition begin
    update content set changes = changes + 1;
end;
