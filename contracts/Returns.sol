// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Units} from "./Units.sol";

/// @title The way back to the manufacturer.
abstract contract Returns is Units {
    /// @notice The manufacturer holds the unit already.
    error AlreadyWithManufacturer(uint256 tokenId, address manufacturer);

    /// @notice Gives a unit back to its manufacturer. The owner only.
    /// @dev Emits Transfer (a SaleDelisted before it, if the unit was listed), then DeviceReturned.
    function returnToManufacturer(uint256 tokenId, string calldata reason) external {
        _requireUnitOwner(tokenId);
        address manufacturer = _requireModel(_requireUnit(tokenId).modelId).manufacturer;
        if (msg.sender == manufacturer) revert AlreadyWithManufacturer(tokenId, manufacturer);
        _transfer(msg.sender, manufacturer, tokenId);
        emit DeviceReturned(tokenId, msg.sender, manufacturer, reason);
    }
}
