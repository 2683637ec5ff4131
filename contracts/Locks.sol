// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Units} from "./Units.sol";

/// @title ERC-5192, whose id is the selector of its one function.
/// @dev Its events, Locked and Unlocked, are declared in IDeviceNFT: Solidity takes an event only once.
interface IERC5192 {
    /// @notice Whether a living unit is locked; reverts where nobody owns it.
    function locked(uint256 tokenId) external view returns (bool);
}

/// @title Locks: a unit that must not move.
/// @notice A locked unit cannot be transferred, handed off, returned, listed or sold; an open hand-off can be
/// cancelled, and only a regulator can decommission it. Units are minted unlocked, without an Unlocked event.
abstract contract Locks is IERC5192, Units {
    enum LockedBy { Nobody, Manufacturer, Regulator }

    mapping(uint256 tokenId => LockedBy) private _locks;

    /// @notice The unit is locked.
    error UnitLocked(uint256 tokenId);
    /// @notice The unit is not locked.
    error UnitNotLocked(uint256 tokenId);
    /// @notice A regulator locked the unit, so only a regulator can unlock it.
    error LockedByRegulator(uint256 tokenId, address caller);

    /// @notice Locks a living unit. Regulators and the unit's manufacturer.
    function lock(uint256 tokenId) external {
        _requireLockKeeper(tokenId);
        _requireUnlocked(tokenId);
        _locks[tokenId] = _isRegulator(msg.sender) ? LockedBy.Regulator : LockedBy.Manufacturer;
        emit Locked(tokenId);
    }

    /// @notice Unlocks a unit. Regulators; the unit's manufacturer too, unless a regulator locked it.
    function unlock(uint256 tokenId) external {
        _requireLockKeeper(tokenId);
        LockedBy lockedBy = _locks[tokenId];
        if (lockedBy == LockedBy.Nobody) revert UnitNotLocked(tokenId);
        if (lockedBy == LockedBy.Regulator && !_isRegulator(msg.sender)) revert LockedByRegulator(tokenId, msg.sender);
        delete _locks[tokenId];
        emit Unlocked(tokenId);
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        _requireOwned(tokenId);
        return _isLocked(tokenId);
    }

    function _isLocked(uint256 tokenId) internal view returns (bool) {
        return _locks[tokenId] != LockedBy.Nobody;
    }

    function _requireUnlocked(uint256 tokenId) internal view {
        if (_isLocked(tokenId)) revert UnitLocked(tokenId);
    }

    /// @dev The burn passes, since who may burn a locked unit is for the decommission to say. It emits no Unlocked: the
    /// unit was not set free.
    function _update(address to, uint256 tokenId, address auth) internal virtual override returns (address) {
        if (to != address(0)) _requireUnlocked(tokenId);
        return super._update(to, tokenId, auth);
    }

    function _requireLockKeeper(uint256 tokenId) private view {
        _requireOwned(tokenId);
        _requireManufacturerOrRegulator(_requireUnit(tokenId).modelId);
    }
}
