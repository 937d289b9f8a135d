//! What others derive from a snapshot and keep with it, for as long as it lives. This module does no I/O.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// One value of each type, made when it is first requested.
#[derive(Default)]
pub struct KeptValues(RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl KeptValues {
    /// The value of this type, which `make` makes the first time. It must follow from the snapshot alone.
    ///
    /// # Panics
    ///
    /// Never: each value is kept under its type.
    pub fn get<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        let key = TypeId::of::<T>();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let value = known.unwrap_or_else(|| {
            // Made without the lock: who needs another value does not wait for this one.
            let new: Arc<dyn Any + Send + Sync> = Arc::new(make());
            Arc::clone(self.0.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(new))
        });
        value.downcast().expect("each value is kept under its type")
    }
}

impl KeptValues {
    /// The value of this type, if it was made.
    pub fn known<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let values = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(values.get(&TypeId::of::<T>())?).downcast().ok()
    }
}

impl fmt::Debug for KeptValues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("KeptValues")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_each_type() {
        let kept = KeptValues::default();
        let first = kept.get(|| String::from("a"));
        assert!(Arc::ptr_eq(&first, &kept.get(|| String::from("b"))));
        assert_eq!((*kept.get(|| 7_u8), first.as_str()), (7, "a"));
    }
}
