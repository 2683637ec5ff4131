// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Handoffs} from "./Handoffs.sol";

/// @title The end of a unit.
abstract contract Decommissions is Handoffs {
    /// @notice Only the owner of the unit and regulators may decommission it.
    error NotOwnerOrRegulator(uint256 tokenId, address caller);

    /// @notice Takes a unit out of use for good and burns its token. The owner, unless the unit is locked; regulators
    /// always. Not while the unit is in transit.
    /// @dev Emits DeviceDecommissioned, a SaleDelisted if the unit was listed, then the Transfer to 0.
    function decommission(uint256 tokenId, string calldata reason) external {
        address holder = _requireOwned(tokenId);
        if (!_isRegulator(msg.sender)) {
            if (msg.sender != holder) revert NotOwnerOrRegulator(tokenId, msg.sender);
            _requireUnlocked(tokenId);
        }
        emit DeviceDecommissioned(tokenId, holder, reason);
        _burn(tokenId);
    }
}
