// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title What the device-NFT contract says to the world.
/// @notice Everything an indexer needs is in these events; no call data, trace or state read is required.
/// Dates are calendar dates written as YYYYMMDD (20260131), 0 where absent. Absent text is the empty string.
interface IDeviceNFT {
    /// @dev `None` is what an address has that was never entered.
    enum PartyKind { None, Regulator, Manufacturer, Distributor, Carrier, Hospital, Retailer, Owner, Other }
    enum ModelStatus { None, Submitted, Approved, Rejected, Revoked }
    /// @dev FDA recall classes, 21 CFR 7.3(m).
    enum RecallClass { None, I, II, III }
    enum Resolution { None, Acknowledged, Returned, Corrected, Destroyed, NotFound }

    /// @notice The identity of one unit. Everything but the serial may be absent.
    struct Unit {
        string serial;
        string lot;
        uint32 manufacturedOn;
        uint32 expiresOn;
        string metadataUri;
        bytes32 metadataHash;
    }

    // The directory of parties.
    event PartyUpdated(address indexed party, PartyKind kind, string name, string gln);
    event PartyRemoved(address indexed party);

    // Device models and their regulatory approval.
    event ModelSubmitted(
        uint256 indexed modelId,
        address indexed manufacturer,
        string udiDi,
        string name,
        string metadataUri,
        bytes32 metadataHash
    );
    event ModelApproved(uint256 indexed modelId, address indexed regulator);
    event ModelRejected(uint256 indexed modelId, address indexed regulator, string reason);
    event ModelApprovalRevoked(uint256 indexed modelId, address indexed regulator, string reason);

    /// @notice Follows the ERC-721 Transfer of the mint, in the same transaction.
    event DeviceMinted(
        uint256 indexed tokenId,
        uint256 indexed modelId,
        address indexed manufacturer,
        string serial,
        string lot,
        uint32 manufacturedOn,
        uint32 expiresOn,
        string metadataUri,
        bytes32 metadataHash
    );

    // The two-step hand-off. Between start and confirmation or cancellation the unit is in transit.
    event HandoffStarted(uint256 indexed tokenId, address indexed from, address indexed to);
    event HandoffConfirmed(uint256 indexed tokenId, address indexed from, address indexed to);
    event HandoffCancelled(uint256 indexed tokenId, address indexed from, address indexed to, address by);

    // Sale against payment in the chain's native currency, amounts in wei.
    event SaleListed(uint256 indexed tokenId, address indexed seller, uint256 price);
    event SaleDelisted(uint256 indexed tokenId, address indexed seller);
    event DeviceSold(
        uint256 indexed tokenId, address indexed seller, address indexed buyer, uint256 price, uint256 fee
    );
    event FeeUpdated(uint16 feeBasisPoints);
    event TreasuryUpdated(address indexed treasury);

    /// @notice ERC-5192.
    event Locked(uint256 tokenId);
    /// @notice ERC-5192.
    event Unlocked(uint256 tokenId);
    /// @notice Follows ERC-4906 MetadataUpdate(tokenId), which does not say what the new value is.
    event DeviceMetadataSet(uint256 indexed tokenId, string metadataUri, bytes32 metadataHash);

    event DeviceReturned(uint256 indexed tokenId, address indexed from, address indexed manufacturer, string reason);
    event DeviceDecommissioned(uint256 indexed tokenId, address indexed holder, string reason);

    // Recalls. A scope is the whole model, or any of the lots, or any of the serials. Scope is only ever added.
    event RecallIssued(
        uint256 indexed recallId,
        uint256 indexed modelId,
        address indexed issuer,
        RecallClass class,
        string reason,
        string noticeUri,
        bytes32 noticeHash
    );
    /// @notice Emitted with RecallIssued for the first scope, and alone for each later one.
    event RecallScopeAdded(uint256 indexed recallId, bool wholeModel, string[] lots, string[] serials);
    event RecallUnitResolved(
        uint256 indexed recallId, uint256 indexed tokenId, address indexed by, Resolution resolution, string note
    );
    event RecallClosed(uint256 indexed recallId, address indexed by);
}
