// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Locks} from "./Locks.sol";

/// @title The two-step hand-off: the sender starts it, the receiver confirms.
/// @notice Between the two the unit is in transit: the sender still owns it, and it moves in no other way.
abstract contract Handoffs is Locks {
    mapping(uint256 tokenId => address) private _receivers;

    /// @notice The receiver must be an address other than 0 and the owner.
    error HandoffReceiverInvalid(uint256 tokenId, address receiver);
    /// @notice The unit is in transit to `receiver`; confirm or cancel that first.
    error UnitInHandoff(uint256 tokenId, address receiver);
    /// @notice The unit is not in transit.
    error UnitNotInHandoff(uint256 tokenId);
    /// @notice Only `receiver` may confirm.
    error NotHandoffReceiver(uint256 tokenId, address caller, address receiver);
    /// @notice Only the owner (or whom it approved), the receiver or a regulator may cancel.
    error NotHandoffParty(uint256 tokenId, address caller);

    /// @notice Sends a unit on its way. The owner, or whom it approved.
    /// @param to Who is to confirm.
    function startHandoff(uint256 tokenId, address to) external {
        address owner = _ownerOf(tokenId);
        _checkAuthorized(owner, msg.sender, tokenId);
        _requireUnlocked(tokenId);
        _requireNotInHandoff(tokenId);
        if (to == address(0) || to == owner) revert HandoffReceiverInvalid(tokenId, to);
        _receivers[tokenId] = to;
        emit HandoffStarted(tokenId, owner, to);
    }

    /// @notice Takes a unit in: it changes owner now. The receiver only.
    /// @dev Emits Transfer (a SaleDelisted before it, if the unit was listed), then HandoffConfirmed.
    function confirmHandoff(uint256 tokenId) external {
        address receiver = _requireInHandoff(tokenId);
        if (msg.sender != receiver) revert NotHandoffReceiver(tokenId, msg.sender, receiver);
        address owner = _ownerOf(tokenId);
        delete _receivers[tokenId];
        _transfer(owner, receiver, tokenId);
        emit HandoffConfirmed(tokenId, owner, receiver);
    }

    /// @notice Calls a hand-off off; the unit stays with its owner. The owner or whom it approved, the receiver, or a
    /// regulator, who could otherwise not take a unit out of use that somebody keeps in transit. Works on a locked
    /// unit.
    function cancelHandoff(uint256 tokenId) external {
        address receiver = _requireInHandoff(tokenId);
        address owner = _ownerOf(tokenId);
        bool isParty = msg.sender == receiver || _isAuthorized(owner, msg.sender, tokenId);
        if (!isParty && !_isRegulator(msg.sender)) revert NotHandoffParty(tokenId, msg.sender);
        delete _receivers[tokenId];
        emit HandoffCancelled(tokenId, owner, receiver, msg.sender);
    }

    /// @notice Whom a unit is in transit to, or 0.
    function handoffOf(uint256 tokenId) external view returns (address receiver) {
        return _receivers[tokenId];
    }

    function _requireNotInHandoff(uint256 tokenId) internal view {
        address receiver = _receivers[tokenId];
        if (receiver != address(0)) revert UnitInHandoff(tokenId, receiver);
    }

    function _update(address to, uint256 tokenId, address auth) internal virtual override returns (address) {
        _requireNotInHandoff(tokenId);
        return super._update(to, tokenId, auth);
    }

    function _requireInHandoff(uint256 tokenId) private view returns (address receiver) {
        receiver = _receivers[tokenId];
        if (receiver == address(0)) revert UnitNotInHandoff(tokenId);
    }
}
