-- What became of referrals: quarter, outcome, kind of place, district, reason, source. Nothing else, and nothing that tells one result
-- from another. `batch`: of an outcome, the first three results have 0, the next three 1, and so on: planners see whole batches only.
-- As in `unmet`, rows lie in the order of a key that ends in a random number, and there is no row number and no time but the quarter,
-- named by its first month. `kind`, `district`, `reason` and `source` are '' where none was given.
create table referral_result (
    outcome  text    not null check (outcome in ('asked', 'met', 'tried_once', 'goes_on', 'ended', 'no_consent')),
    batch    integer not null check (batch >= 0),
    random   blob    not null check (length(random) = 8),
    quarter  text    not null check (quarter glob '[0-9][0-9][0-9][0-9]-[01][0-9]' and substr(quarter, 6) in ('01', '04', '07', '10')),
    kind     text    not null,
    district text    not null,
    reason   text    not null,
    source   text    not null check (source in ('', 'clinic', 'elsewhere')),
    primary key (outcome, batch, random)
) strict, without rowid;

create trigger referral_result_is_never_updated before update on referral_result begin
    select raise(abort, 'results of referrals are never updated');
end;

create trigger referral_result_is_never_deleted before delete on referral_result begin
    select raise(abort, 'results of referrals are never deleted');
end;

create trigger referral_result_fills_batches_of_three before insert on referral_result
when new.batch <> (select count(*) / 3 from referral_result where outcome = new.outcome) begin
    select raise(abort, 'a batch has three results');
end;
