// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IDeviceNFT} from "./IDeviceNFT.sol";
import {Identifiers} from "./Identifiers.sol";
import {Roles} from "./Roles.sol";

/// @title The directory of parties: who stands behind an address.
/// @notice Only the admin writes it, so that no party can enter itself under another's name.
abstract contract Parties is IDeviceNFT, Roles {
    struct Party {
        PartyKind kind;
        string name;
        string gln;
    }

    mapping(address account => Party) private _parties;

    /// @notice An entry needs an address, a kind and a name; only the GLN may be absent.
    error PartyIncomplete(address party, PartyKind kind, string name);
    /// @notice The address has no entry in the directory.
    error UnknownParty(address party);

    /// @notice Enters a party, or replaces its entry. Admin only.
    /// @param party The address that the entry describes.
    /// @param kind Anything but `None`.
    /// @param name As the party is known to recall teams; not empty.
    /// @param gln GS1 Global Location Number as text, or empty. Its check digit is not verified here.
    function setParty(address party, PartyKind kind, string calldata name, string calldata gln)
        external
        onlyRole(DEFAULT_ADMIN_ROLE)
    {
        if (party == address(0) || kind == PartyKind.None || bytes(name).length == 0) {
            revert PartyIncomplete(party, kind, name);
        }
        Identifiers.requireValidIfPresent(gln);
        _parties[party] = Party(kind, name, gln);
        emit PartyUpdated(party, kind, name, gln);
    }

    /// @notice Takes a party out of the directory. Its roles and its units are not touched. Admin only.
    function removeParty(address party) external onlyRole(DEFAULT_ADMIN_ROLE) {
        if (_parties[party].kind == PartyKind.None) revert UnknownParty(party);
        delete _parties[party];
        emit PartyRemoved(party);
    }

    /// @notice The entry of an address; kind `None` and empty texts where there is none.
    function partyOf(address account) external view returns (Party memory) {
        return _parties[account];
    }
}
