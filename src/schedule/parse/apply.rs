//! What a condition (祝日の場合は翌日) does to the days read before it. This module does no I/O.

use chrono::Weekday;

use super::condition::{Condition, ConditionOutcome};
use super::draft::{DraftTarget, RuleDraft};
use crate::schedule::rule::{DayKind, DayPattern, HolidayMove, HolidayRule, OpenDays, RulePattern, Shift, Weekdays};

impl RuleDraft {
    /// Applies a condition to the days it speaks of; `None` if there are none.
    pub(super) fn apply(&mut self, condition: Condition) -> Option<()> {
        if condition.then == ConditionOutcome::Open {
            return self.leave_open(condition);
        }
        match self.target {
            DraftTarget::Nothing if self.parts.is_empty() && self.closures.is_empty() => None,
            DraftTarget::Closures(first) => {
                self.apply_to_closures(first, condition).or_else(|| self.apply_to_new(condition))
            }
            DraftTarget::Sessions(_) if self.closes(condition) => {
                self.apply_to_closures(0, condition).or_else(|| self.apply_to_new(condition))
            }
            DraftTarget::Sessions(first) => self.apply_to_sessions(first, condition),
            DraftTarget::Nothing => None,
        }
    }

    /// 「祝日の場合は要確認」: the days it speaks of stay open.
    fn leave_open(&mut self, condition: Condition) -> Option<()> {
        (!self.parts.is_empty()).then_some(())?;
        let days = match condition.of {
            Some(day) => DayPattern::Weekly { weekdays: Weekdays::one(day), holidays: HolidayRule::Only },
            None => DayPattern::Weekly {
                weekdays: condition.when.weekdays,
                holidays: if condition.when.holidays { HolidayRule::Also } else { HolidayRule::AsAnyDay },
            },
        };
        self.open.push(OpenDays { days: days.into(), may_move: true });
        Some(())
    }

    /// Whether a condition after sessions speaks of days off: it says so, or names a weekday without a session.
    fn closes(&self, condition: Condition) -> bool {
        let elsewhere = condition.of.is_some_and(|day| !self.weekdays().is_empty() && !self.weekdays().has(day));
        elsewhere || matches!(condition.then, ConditionOutcome::Moves { closed: true, .. })
    }

    fn apply_to_closures(&mut self, first: usize, condition: Condition) -> Option<()> {
        let speaks_of = |p: &RulePattern| match p.days {
            DayPattern::Weekly { weekdays, .. } if weekdays == Weekdays::ALL || weekdays.is_empty() => false,
            DayPattern::Weekly { weekdays, .. } | DayPattern::Nth { weekdays, .. } => {
                condition.of.is_none_or(|d| weekdays.has(d))
            }
            DayPattern::Monthly(_) => condition.of.is_none(),
            _ => false,
        };
        let found: Vec<usize> = (first..self.closures.len()).filter(|i| speaks_of(&self.closures[*i])).collect();
        if condition.then == ConditionOutcome::Off {
            // 「月曜休館（祝日の場合は休み）」: holidays are off as well.
            self.closures.push(DayPattern::HOLIDAYS.into());
            return condition.when.weekdays.is_empty().then_some(());
        }
        if found.is_empty() {
            return (condition.then == ConditionOutcome::Held && condition.of.is_none()).then_some(());
        }
        for index in found {
            let closure = &mut self.closures[index];
            let shift = shift(condition, &closure.days);
            let Some(shift) = shift else { continue };
            if matches!(condition.then, ConditionOutcome::Moves { also: true, .. }) {
                let moved = RulePattern { shift: Some(shift), ..closure.clone() };
                self.closures.push(moved);
            } else {
                closure.shift = Some(shift);
            }
        }
        Some(())
    }

    /// 「月曜日が祝日の場合は翌日休館」 where Mondays are simply missing among the days.
    fn apply_to_new(&mut self, condition: Condition) -> Option<()> {
        let day = condition.of?;
        let to = match condition.then {
            ConditionOutcome::Moves { to, .. } => to,
            ConditionOutcome::Held => HolidayMove::Nowhere,
            ConditionOutcome::Off | ConditionOutcome::Open => return Some(()),
        };
        let days = DayPattern::Weekly { weekdays: Weekdays::one(day), holidays: HolidayRule::AsAnyDay };
        let when = DayKind { weekdays: Weekdays::NONE, holidays: true };
        self.closures.push(RulePattern { days, seasons: Vec::new(), shift: Some(Shift { when, to }) });
        Some(())
    }

    fn apply_to_sessions(&mut self, first: usize, condition: Condition) -> Option<()> {
        if condition.then == ConditionOutcome::Held {
            return Some(());
        }
        for part in self.parts.get_mut(first..)? {
            let when = &mut part.session.when;
            let few = match &when.days {
                DayPattern::Weekly { weekdays, holidays } => weekdays.len() <= 2 && *holidays == HolidayRule::AsAnyDay,
                DayPattern::Nth { .. } | DayPattern::Monthly(_) => true,
                _ => false,
            };
            let skipped = condition.then == ConditionOutcome::Off;
            (few || skipped).then_some(())?;
            let own = match &when.days {
                DayPattern::Weekly { weekdays, .. } | DayPattern::Nth { weekdays, .. } => *weekdays,
                _ => Weekdays::NONE,
            };
            // 「第3月曜（祝日の場合は第4火曜）」 moves to another weekday, which no rule expresses.
            if condition.to_weekday.is_some_and(|day| own != Weekdays::one(weekday_before(condition.then, day))) {
                return self.leave_open(condition);
            }
            when.shift = Some(shift(condition, &when.days)?);
        }
        Some(())
    }
}

/// The weekday that moves to the one named.
fn weekday_before(then: ConditionOutcome, named: Weekday) -> Weekday {
    match then {
        ConditionOutcome::Moves { to: HolidayMove::NextDay, .. } => named.pred(),
        ConditionOutcome::Moves { to: HolidayMove::PreviousDay, .. } => named.succ(),
        _ => named,
    }
}

/// What a condition does to days; `None` if nothing.
fn shift(condition: Condition, days: &DayPattern) -> Option<Shift> {
    let to = match condition.then {
        ConditionOutcome::Moves { to, .. } => to,
        ConditionOutcome::Off | ConditionOutcome::Held | ConditionOutcome::Open => HolidayMove::Nowhere,
    };
    // 「月祝日の場合」 of Mondays is a Monday that is a holiday.
    let own = match days {
        DayPattern::Weekly { weekdays, .. } | DayPattern::Nth { weekdays, .. } => *weekdays,
        _ => Weekdays::NONE,
    };
    let of_own = condition.of.is_some();
    let weekdays = if of_own { Weekdays::NONE } else { condition.when.weekdays };
    let sensible = own.and(weekdays).is_empty();
    sensible.then_some(Shift { when: DayKind { weekdays, holidays: condition.when.holidays }, to })
}
