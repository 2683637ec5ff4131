// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IDeviceNFT} from "./IDeviceNFT.sol";
import {Identifiers} from "./Identifiers.sol";
import {Roles} from "./Roles.sol";

/// @title Device models and their regulatory approval.
/// @notice Submitted → Approved → Revoked, or Submitted → Rejected. Rejected and Revoked are final: who wants the model
/// back submits it again and gets a new model id. Units keep the id they were minted under, and a recall names
/// one id, so the units of an earlier approval need a recall of their own.
abstract contract Models is IDeviceNFT, Roles {
    /// @dev Name and metadata of a model live in its ModelSubmitted event only.
    struct Model {
        address manufacturer;
        ModelStatus status;
        string udiDi;
    }

    /// @notice How many models were ever submitted; ids run from 1 to this number.
    uint256 public modelCount;

    mapping(uint256 modelId => Model) private _models;
    mapping(bytes32 udiDiHash => uint256 modelId) private _approvedModelIds;

    /// @notice A model needs a name.
    error ModelNameMissing();
    /// @notice No model with this id was ever submitted.
    error UnknownModel(uint256 modelId);
    /// @notice The act needs the model in status `expected`.
    error WrongModelStatus(uint256 modelId, ModelStatus actual, ModelStatus expected);
    /// @notice Another model is approved under this UDI-DI; revoke that approval first.
    error UdiDiAlreadyApproved(string udiDi, uint256 approvedModelId);
    /// @notice The caller is not the manufacturer of the model, or has lost `MANUFACTURER_ROLE`.
    error NotModelManufacturer(uint256 modelId, address caller, address manufacturer);
    /// @notice The caller is neither a regulator nor the manufacturer of the model.
    error NotManufacturerOrRegulator(uint256 modelId, address caller);

    /// @notice Submits a model for approval. Manufacturers only. The same UDI-DI may be submitted any number of times,
    /// by anybody with the role: a submission reserves nothing, the regulator decides who is approved under it.
    /// @param udiDi The device identifier, or empty for goods that have none. Compared byte by byte: write it always in
    /// the same form (GTIN-14 for GS1).
    /// @return modelId The id of the new model, from 1 on.
    function submitModel(string calldata udiDi, string calldata name, string calldata metadataUri, bytes32 metadataHash)
        external
        onlyRole(MANUFACTURER_ROLE)
        returns (uint256 modelId)
    {
        Identifiers.requireValidIfPresent(udiDi);
        if (bytes(name).length == 0) revert ModelNameMissing();
        modelId = ++modelCount;
        _models[modelId] = Model(msg.sender, ModelStatus.Submitted, udiDi);
        emit ModelSubmitted(modelId, msg.sender, udiDi, name, metadataUri, metadataHash);
    }

    /// @notice Approves a submitted model; from now on its manufacturer may mint. Regulators only.
    function approveModel(uint256 modelId) external onlyRole(REGULATOR_ROLE) {
        Model storage model = _requireStatus(modelId, ModelStatus.Submitted);
        if (bytes(model.udiDi).length != 0) {
            bytes32 udiDiHash = keccak256(bytes(model.udiDi));
            uint256 approvedModelId = _approvedModelIds[udiDiHash];
            if (approvedModelId != 0) revert UdiDiAlreadyApproved(model.udiDi, approvedModelId);
            _approvedModelIds[udiDiHash] = modelId;
        }
        model.status = ModelStatus.Approved;
        emit ModelApproved(modelId, msg.sender);
    }

    /// @notice Turns a submitted model down. Regulators only.
    function rejectModel(uint256 modelId, string calldata reason) external onlyRole(REGULATOR_ROLE) {
        _requireStatus(modelId, ModelStatus.Submitted).status = ModelStatus.Rejected;
        emit ModelRejected(modelId, msg.sender, reason);
    }

    /// @notice Withdraws an approval: no more minting; the units that exist stay what they are. Regulators only.
    function revokeModelApproval(uint256 modelId, string calldata reason) external onlyRole(REGULATOR_ROLE) {
        Model storage model = _requireStatus(modelId, ModelStatus.Approved);
        model.status = ModelStatus.Revoked;
        delete _approvedModelIds[keccak256(bytes(model.udiDi))];
        emit ModelApprovalRevoked(modelId, msg.sender, reason);
    }

    /// @notice The model with this id; reverts with `UnknownModel` where there is none.
    function modelOf(uint256 modelId) external view returns (Model memory) {
        return _requireModel(modelId);
    }

    /// @notice The model that is approved under a UDI-DI now, or 0.
    function approvedModelOf(string calldata udiDi) external view returns (uint256 modelId) {
        return _approvedModelIds[keccak256(bytes(udiDi))];
    }

    function _requireModel(uint256 modelId) internal view returns (Model storage model) {
        model = _models[modelId];
        if (model.status == ModelStatus.None) revert UnknownModel(modelId);
    }

    function _requireStatus(uint256 modelId, ModelStatus expected) internal view returns (Model storage model) {
        model = _requireModel(modelId);
        if (model.status != expected) revert WrongModelStatus(modelId, model.status, expected);
    }

    /// @dev The role is asked for again at every act: taking it away disarms a stolen key at once.
    function _isManufacturerOf(uint256 modelId, address account) internal view returns (bool) {
        return _models[modelId].manufacturer == account && hasRole(MANUFACTURER_ROLE, account);
    }

    function _requireManufacturerOf(uint256 modelId) internal view {
        if (!_isManufacturerOf(modelId, msg.sender)) {
            revert NotModelManufacturer(modelId, msg.sender, _models[modelId].manufacturer);
        }
    }

    function _requireManufacturerOrRegulator(uint256 modelId) internal view {
        if (!_isRegulator(msg.sender) && !_isManufacturerOf(modelId, msg.sender)) {
            revert NotManufacturerOrRegulator(modelId, msg.sender);
        }
    }
}
