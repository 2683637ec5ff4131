// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Calendar dates written as YYYYMMDD.
/// @dev The chain stores the date on the label, not an instant: an expiry has no time zone.
library CalendarDates {
    /// @notice Expected 0 (absent) or a day of the Gregorian calendar as YYYYMMDD from the year 1900 on.
    error DateInvalid(uint32 date);

    /// @dev Reverts unless `date` is 0 or an existing day.
    function requireValidIfPresent(uint32 date) internal pure {
        if (date == 0) return;
        uint32 year = date / 10_000;
        uint32 month = (date / 100) % 100;
        uint32 day = date % 100;
        bool exists = year >= 1900 && year <= 9999 && month >= 1 && month <= 12 && day >= 1;
        if (!exists || day > _daysIn(year, month)) revert DateInvalid(date);
    }

    function _daysIn(uint32 year, uint32 month) private pure returns (uint32) {
        if (month == 2) {
            bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return leap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
}
