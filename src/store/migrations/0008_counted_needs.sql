-- Needs that a city counted elsewhere (on paper) and imported: the cells of its tables, in the order of their months. `count` is
-- what a cell has gained with this row: an edition can only add, since a number that was published once is not taken back.
-- `district` and `interest` are '' where none was given.
create table unmet_count (
    number   integer primary key,
    list     text    not null check (list <> ''),
    month    text    not null check (month glob '[0-9][0-9][0-9][0-9]-[01][0-9]'),
    district text    not null,
    reason   text    not null check (reason in ('nothing_like_it', 'too_far', 'wrong_day', 'no_ride', 'full', 'declined')),
    interest text    not null,
    count    integer not null check (count > 0)
) strict;

create trigger unmet_count_is_never_updated before update on unmet_count begin
    select raise(abort, 'counted needs are never updated');
end;

create trigger unmet_count_is_never_deleted before delete on unmet_count begin
    select raise(abort, 'counted needs are never deleted');
end;

-- Disclosure control releases in the order of the months: a cell behind the newest would move numbers that were published.
create trigger unmet_count_comes_in_the_order_of_months before insert on unmet_count
when new.month < (select coalesce(max(month), '') from unmet_count) begin
    select raise(abort, 'a later month is in already');
end;
