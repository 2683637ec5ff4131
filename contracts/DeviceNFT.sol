// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Decommissions} from "./Decommissions.sol";
import {Handoffs} from "./Handoffs.sol";
import {IERC5192} from "./Locks.sol";
import {Parties} from "./Parties.sol";
import {Returns} from "./Returns.sol";
import {Roles} from "./Roles.sol";
import {Sales} from "./Sales.sol";
import {Units} from "./Units.sol";

/// @title The device NFT: one token is one physical unit, from its mint to its decommission.
/// @notice The reference contract of DeviceTrail. Each subject is a file of its own; what is said to the world is in
/// IDeviceNFT. Where one act emits several events, their order is part of the contract:
///
/// - mint: Transfer, DeviceMinted (for each unit in turn);
/// - confirmed hand-off: [SaleDelisted], Transfer, HandoffConfirmed;
/// - sale: Transfer, DeviceSold;
/// - return: [SaleDelisted], Transfer, DeviceReturned;
/// - decommission: DeviceDecommissioned, [SaleDelisted], Transfer to 0;
/// - plain transfer: [SaleDelisted], Transfer;
/// - new metadata: MetadataUpdate, DeviceMetadataSet;
/// - recall: RecallIssued, RecallScopeAdded.
contract DeviceNFT is Parties, Sales, Returns, Decommissions {
    /// @param admin Appoints everybody else; see Roles.
    /// @param treasury Receives the fees of sales.
    /// @param feeBasisPoints The fee to start with, at most `MAX_FEE_BASIS_POINTS`.
    constructor(address admin, address treasury, uint16 feeBasisPoints)
        ERC721("DeviceTrail Device", "DEVICE")
        Roles(admin)
        Sales(treasury, feeBasisPoints)
    {}

    /// @notice ERC-165: tells that ERC-721 and its metadata, AccessControl, ERC-4906 and ERC-5192 are here.
    function supportsInterface(bytes4 interfaceId) public view override(AccessControl, Units) returns (bool) {
        return interfaceId == type(IERC5192).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @dev In the order of the calls: a listing ends, a hand-off or a lock forbids, the token moves.
    function _update(address to, uint256 tokenId, address auth)
        internal
        override(ERC721, Handoffs, Sales)
        returns (address)
    {
        return super._update(to, tokenId, auth);
    }
}
