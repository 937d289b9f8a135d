-- What planners' numbers were, by day and audience: one row per change of the data that moves them. Of several rows of one day the
-- newest holds. Only ever added to.
create table planning_summary (
    number   integer primary key,
    day      text not null check (day glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    audience text not null check (audience <> ''),
    figures  text not null check (json_valid(figures))
) strict;

create index planning_summary_by_audience on planning_summary (audience, number);

create trigger planning_summary_is_never_updated before update on planning_summary begin
    select raise(abort, 'what numbers were is never updated');
end;

create trigger planning_summary_is_never_deleted before delete on planning_summary begin
    select raise(abort, 'what numbers were is never deleted');
end;

create trigger content_has_another_planning_summary after insert on planning_summary begin
    update content set changes = changes + 1;
end;
