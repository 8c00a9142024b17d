// Package territory is the ledger of borders: from dated areas and the
// events between them it tells, for any area and any day, which areas of that
// day hold its people, and whether wholly, by a known share or in part.
package territory
