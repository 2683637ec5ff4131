// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title What may stand as a UDI-DI, serial, lot or GLN.
/// @dev Identifiers are compared byte by byte. Text that looks the same but is not (a trailing space, a Cyrillic
/// letter, a zero-width character) would let a second unit pass for the first one, and control characters break the
/// readers behind the chain. So only printable ASCII is accepted, without surrounding spaces.
library Identifiers {
    /// @dev GS1 allows 20 bytes for a serial or a lot; the other issuing agencies and ISO 6346 need less than 64 too.
    uint256 internal constant MAX_BYTES = 64;

    /// @notice Expected 1 to 64 bytes of printable ASCII (0x20 to 0x7e) that neither start nor end with a space.
    error IdentifierInvalid(string text);

    /// @dev Reverts unless `text` is an identifier. Absent (empty) text is refused too.
    function requireValid(string calldata text) internal pure {
        bytes calldata characters = bytes(text);
        uint256 length = characters.length;
        if (length == 0 || length > MAX_BYTES) revert IdentifierInvalid(text);
        for (uint256 i = 0; i < length; ++i) {
            if (characters[i] < 0x20 || characters[i] > 0x7e) revert IdentifierInvalid(text);
        }
        if (characters[0] == 0x20 || characters[length - 1] == 0x20) revert IdentifierInvalid(text);
    }

    /// @dev As `requireValid`, but absent text passes.
    function requireValidIfPresent(string calldata text) internal pure {
        if (bytes(text).length != 0) requireValid(text);
    }
}
