-- Needs that were not met: month, district, terms, ways, reason. Nothing else, and nothing that tells one need from another.
-- `batch`: of a district and a reason, the first three needs have 0, the next three 1, and so on: planners see whole batches
-- only. Rows lie in the order of their key, which ends in a random one; there is no row number and no time but the month, so
-- that nobody can tell in which order the needs of a batch came, nor which ones of different districts came together.
-- `district` is '' where none was said. `interests` and `travel` are sorted.
create table unmet (
    district  text    not null,
    reason    text    not null check (reason in ('nothing_like_it', 'too_far', 'wrong_day', 'no_ride', 'full', 'declined')),
    batch     integer not null check (batch >= 0),
    random    blob    not null check (length(random) = 8),
    month     text    not null check (month glob '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    interests text    not null check (json_valid(interests)),
    travel    text    not null check (json_valid(travel)),
    primary key (district, reason, batch, random)
) strict, without rowid;

create trigger unmet_is_never_updated before update on unmet begin
    select raise(abort, 'unmet needs are never updated');
end;

create trigger unmet_is_never_deleted before delete on unmet begin
    select raise(abort, 'unmet needs are never deleted');
end;

create trigger unmet_fills_batches_of_three before insert on unmet
when new.batch <> (select count(*) / 3 from unmet where district = new.district and reason = new.reason) begin
    select raise(abort, 'a batch has three needs');
end;

-- Counts the changes of what snapshots are made of, but for the revisions, of which the last row's number tells as much. A
-- server that notices that somebody has written looks here before it builds anything anew.
create table content (
    id      integer primary key check (id = 1),
    changes integer not null
) strict;

insert into content (id, changes) values (1, 0);

create trigger content_has_another_district after insert on district begin
    update content set changes = changes + 1;
end;

create trigger content_has_a_changed_district after update on district begin
    update content set changes = changes + 1;
end;

create trigger content_has_a_district_less after delete on district begin
    update content set changes = changes + 1;
end;

create trigger content_has_a_changed_revision after update on revision begin
    update content set changes = changes + 1;
end;
