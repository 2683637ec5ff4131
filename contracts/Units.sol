// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {CalendarDates} from "./CalendarDates.sol";
import {Identifiers} from "./Identifiers.sol";
import {Models} from "./Models.sol";

/// @title Units: minting, identity and metadata.
/// @notice One token is one physical unit. Its identity is (UDI-DI, serial) and is used up by the mint for ever.
abstract contract Units is Models, IERC4906, ERC721 {
    /// @notice What the contract itself remembers of a unit; the rest is in its events. Survives the burn.
    struct UnitRecord {
        uint256 modelId;
        /// @dev keccak256 of the lot's text, 0 where absent.
        bytes32 lotHash;
        /// @dev keccak256 of the serial's text.
        bytes32 serialHash;
        string metadataUri;
    }

    /// @notice Most units in one `mintBatch`: a full batch fits the 16,777,216 gas of one transaction (EIP-7825).
    uint256 public constant MAX_BATCH = 50;

    /// @notice How many units were ever minted; token ids run from 1 to this number.
    uint256 public unitCount;

    mapping(uint256 tokenId => UnitRecord) private _units;
    mapping(bytes32 identity => uint256 tokenId) private _tokenIds;

    /// @notice A batch has 1 to `max` units.
    error BatchSizeInvalid(uint256 size, uint256 max);
    /// @notice This (UDI-DI, serial) was minted before, as `tokenId`; a burn does not free it.
    error SerialAlreadyMinted(uint256 modelId, string serial, uint256 tokenId);
    /// @notice The unit would expire before it was made.
    error ExpiryBeforeManufacture(uint32 manufacturedOn, uint32 expiresOn);
    /// @notice No unit was ever minted under this token id.
    error UnknownUnit(uint256 tokenId);
    /// @notice Only the owner of the unit may do this.
    error NotUnitOwner(uint256 tokenId, address caller, address owner);

    /// @notice Mints one unit of an approved model. The model's manufacturer only.
    /// @dev Emits Transfer, then DeviceMinted. The receiver is not called back: a hook could move the unit on before
    /// DeviceMinted says what it is.
    /// @param to The first holder.
    /// @return tokenId From 1 on.
    function mint(address to, uint256 modelId, Unit calldata unit) external returns (uint256 tokenId) {
        bytes32 line = _requireMintable(modelId);
        return _mintUnit(to, modelId, line, unit);
    }

    /// @notice Mints 1 to `MAX_BATCH` units of one approved model to one holder. The model's manufacturer only.
    /// @dev Emits Transfer and DeviceMinted for each unit in turn.
    /// @return firstTokenId The others follow it without a gap, in the order given.
    function mintBatch(address to, uint256 modelId, Unit[] calldata units) external returns (uint256 firstTokenId) {
        if (units.length == 0 || units.length > MAX_BATCH) revert BatchSizeInvalid(units.length, MAX_BATCH);
        bytes32 line = _requireMintable(modelId);
        firstTokenId = unitCount + 1;
        for (uint256 i = 0; i < units.length; ++i) {
            _mintUnit(to, modelId, line, units[i]);
        }
    }

    /// @notice Replaces the metadata of a living unit. Its manufacturer only.
    function setMetadata(uint256 tokenId, string calldata metadataUri, bytes32 metadataHash) external {
        _requireOwned(tokenId);
        _requireManufacturerOf(_units[tokenId].modelId);
        _units[tokenId].metadataUri = metadataUri;
        emit MetadataUpdate(tokenId);
        emit DeviceMetadataSet(tokenId, metadataUri, metadataHash);
    }

    /// @notice The metadata URI of a living unit, empty where it has none.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        return _units[tokenId].metadataUri;
    }

    /// @notice The record of a unit, also of a burned one; reverts with `UnknownUnit` if it was never minted.
    function unitOf(uint256 tokenId) external view returns (UnitRecord memory) {
        return _requireUnit(tokenId);
    }

    /// @notice The token that used up a serial under the UDI-DI of a model (or under the model, if it has no UDI-DI);
    /// 0 if the serial is free.
    function tokenOf(uint256 modelId, string calldata serial) external view returns (uint256 tokenId) {
        return _tokenIds[_identity(_lineOf(modelId), keccak256(bytes(serial)))];
    }

    /// @inheritdoc IERC165
    /// @dev Adds ERC-4906, whose id is written in that standard and is no XOR of selectors.
    function supportsInterface(bytes4 interfaceId)
        public
        view
        virtual
        override(AccessControl, IERC165, ERC721)
        returns (bool)
    {
        return interfaceId == 0x49064906 || super.supportsInterface(interfaceId);
    }

    function _requireUnit(uint256 tokenId) internal view returns (UnitRecord storage unit) {
        unit = _units[tokenId];
        if (unit.modelId == 0) revert UnknownUnit(tokenId);
    }

    /// @dev Reverts unless the caller owns the unit itself: being approved is not enough.
    function _requireUnitOwner(uint256 tokenId) internal view {
        address owner = _requireOwned(tokenId);
        if (msg.sender != owner) revert NotUnitOwner(tokenId, msg.sender, owner);
    }

    function _mintUnit(address to, uint256 modelId, bytes32 line, Unit calldata unit)
        private
        returns (uint256 tokenId)
    {
        _requireValid(unit);
        bytes32 serialHash = keccak256(bytes(unit.serial));
        bytes32 identity = _identity(line, serialHash);
        if (_tokenIds[identity] != 0) revert SerialAlreadyMinted(modelId, unit.serial, _tokenIds[identity]);

        tokenId = ++unitCount;
        _tokenIds[identity] = tokenId;
        bytes32 lotHash = bytes(unit.lot).length == 0 ? bytes32(0) : keccak256(bytes(unit.lot));
        _units[tokenId] = UnitRecord(modelId, lotHash, serialHash, unit.metadataUri);
        _mint(to, tokenId);
        _emitMinted(tokenId, modelId, unit);
    }

    function _emitMinted(uint256 tokenId, uint256 modelId, Unit calldata unit) private {
        emit DeviceMinted(
            tokenId,
            modelId,
            msg.sender,
            unit.serial,
            unit.lot,
            unit.manufacturedOn,
            unit.expiresOn,
            unit.metadataUri,
            unit.metadataHash
        );
    }

    function _requireMintable(uint256 modelId) private view returns (bytes32 line) {
        _requireStatus(modelId, ModelStatus.Approved);
        _requireManufacturerOf(modelId);
        return _lineOf(modelId);
    }

    function _requireValid(Unit calldata unit) private pure {
        Identifiers.requireValid(unit.serial);
        Identifiers.requireValidIfPresent(unit.lot);
        CalendarDates.requireValidIfPresent(unit.manufacturedOn);
        CalendarDates.requireValidIfPresent(unit.expiresOn);
        if (unit.expiresOn != 0 && unit.expiresOn < unit.manufacturedOn) {
            revert ExpiryBeforeManufacture(unit.manufacturedOn, unit.expiresOn);
        }
    }

    /// @dev What serials are unique within: the text of the UDI-DI, whichever model id carries it, or the model id of
    /// goods without one. A small number is never the hash of a text, so the two cannot meet.
    function _lineOf(uint256 modelId) private view returns (bytes32) {
        string storage udiDi = _requireModel(modelId).udiDi;
        return bytes(udiDi).length == 0 ? bytes32(modelId) : keccak256(bytes(udiDi));
    }

    function _identity(bytes32 line, bytes32 serialHash) private pure returns (bytes32) {
        return keccak256(abi.encode(line, serialHash));
    }
}
