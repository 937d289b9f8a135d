//! How reports are stored, whatever they say: by one statement, once, on the disk when it returns. Their tables are append-only and have
//! no times; each is read in an order that reveals none.

use std::path::Path;

use rusqlite::{Connection, Params, Transaction, TransactionBehavior};

use super::tie;

/// A stored code that this program does not know: another program has written the row.
#[derive(Debug, thiserror::Error)]
#[error("is none of ours")]
pub(super) struct UnknownCode;

/// Inserts a report into the database at `path` by a statement that looks for the key, assigns the batch and inserts the row in one, so
/// that two processes can neither store one report twice nor take the same slot of a batch.
pub(super) fn insert(db: &Connection, path: &Path, statement: &str, values: impl Params) -> rusqlite::Result<()> {
    let tx = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    tx.prepare_cached(statement)?.execute(values)?;
    tie::write(&tx, path)?;
    tx.commit()
}
