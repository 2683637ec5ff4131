// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title A contract that does what a test tells it to: seller, treasury or receiver with bad intentions.
/// @dev When money or a token arrives it may refuse it, or call back into whatever it was told to, and remembers
/// how that ended.
contract Puppet {
    bool public refusesMoney;
    bool public reacted;
    bool public reactionSucceeded;
    bytes public reactionResult;

    address private _reactionTarget;
    bytes private _reactionData;

    error MoneyRefused(uint256 amount);

    receive() external payable {
        if (refusesMoney) revert MoneyRefused(msg.value);
        _react();
    }

    /// @notice Makes the puppet refuse every payment from now on.
    function refuseMoney() external {
        refusesMoney = true;
    }

    /// @notice What to call, once, when money or a token arrives.
    function prepareReaction(address target, bytes calldata data) external {
        _reactionTarget = target;
        _reactionData = data;
    }

    /// @notice Makes the puppet call something now, with the money sent along.
    function act(address target, bytes calldata data) external payable {
        (bool success, bytes memory result) = target.call{value: msg.value}(data);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(result, 0x20), mload(result))
        }
    }

    /// @notice ERC-721: accepts every token.
    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        _react();
        return this.onERC721Received.selector;
    }

    function _react() private {
        if (reacted || _reactionTarget == address(0)) return;
        reacted = true;
        (reactionSucceeded, reactionResult) = _reactionTarget.call(_reactionData);
    }
}
