"""Files with a note: kept in a store, given to those alone who may read the note."""
