// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";

/// @title Who may do what.
/// @notice The admin is the holder of `DEFAULT_ADMIN_ROLE`: it appoints, keeps the directory and sets the fee.
/// A role gives power; an entry in the directory of parties is a description and gives none.
abstract contract Roles is AccessControl {
    /// @notice Approves models, and may lock, recall and decommission any unit.
    bytes32 public constant REGULATOR_ROLE = keccak256("REGULATOR_ROLE");
    /// @notice Submits models, mints their units, and may lock and recall them.
    bytes32 public constant MANUFACTURER_ROLE = keccak256("MANUFACTURER_ROLE");

    /// @notice The contract was to be deployed without an admin, so that nobody could ever appoint one.
    error AdminMissing();

    /// @param admin Receives `DEFAULT_ADMIN_ROLE`.
    constructor(address admin) {
        if (admin == address(0)) revert AdminMissing();
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }

    function _isRegulator(address account) internal view returns (bool) {
        return hasRole(REGULATOR_ROLE, account);
    }
}
