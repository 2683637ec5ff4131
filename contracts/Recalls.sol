// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {Identifiers} from "./Identifiers.sol";
import {Units} from "./Units.sol";

/// @title Recalls: which units must come back, and what became of each.
/// @notice A scope names units by what is printed on them, so it also takes in units that are minted later. A recalled
/// unit can be transferred, handed off, returned and decommissioned, but not listed or sold while a recall that
/// has it in scope is open; resolving the unit does not lift that ban.
/// @dev Each scope item is one key, and each key counts the open recalls that hold it. So "is this unit recalled?"
/// reads three counters however many recalls there are, and no list grows but a recall's own, which is capped.
abstract contract Recalls is Units {
    using EnumerableSet for EnumerableSet.Bytes32Set;

    /// @notice A scope: the whole model, or any of the lots, or any of the serials.
    struct Scope {
        bool wholeModel;
        string[] lots;
        string[] serials;
    }

    /// @notice A recall as the contract remembers it; reason and notice are in its RecallIssued event.
    struct Recall {
        uint256 modelId;
        address issuer;
        RecallClass class;
        bool closed;
    }

    enum ScopeKind { WholeModel, Lot, Serial }

    /// @notice Most scope items in one call; the whole model counts as one.
    uint256 public constant MAX_SCOPE_ITEMS_PER_CALL = 100;
    /// @notice Most scope items of one recall: closing it, which visits each, fits one transaction.
    uint256 public constant MAX_SCOPE_ITEMS_PER_RECALL = 1000;

    /// @notice How many recalls were ever issued; ids run from 1 to this number.
    uint256 public recallCount;

    mapping(uint256 recallId => Recall) private _recalls;
    mapping(uint256 recallId => EnumerableSet.Bytes32Set) private _scopes;
    mapping(bytes32 scopeKey => uint256) private _openRecalls;

    /// @notice A recall has a class.
    error RecallClassMissing();
    /// @notice A scope names the whole model, or at least one lot or serial.
    error ScopeEmpty();
    /// @notice Too many scope items in one call: split it.
    error ScopeTooLarge(uint256 items, uint256 max);
    /// @notice The recall would have too many scope items: issue another one, or recall the whole model.
    error RecallTooLarge(uint256 recallId, uint256 items, uint256 max);
    /// @notice No recall with this id was ever issued.
    error UnknownRecall(uint256 recallId);
    /// @notice The recall is closed, and stays closed.
    error RecallAlreadyClosed(uint256 recallId);
    /// @notice Only the issuer of the recall and regulators may do this.
    error NotRecallKeeper(uint256 recallId, address caller);
    /// @notice The unit is not in the scope of the recall.
    error UnitNotInScope(uint256 recallId, uint256 tokenId);
    /// @notice A resolution other than `None` is needed.
    error ResolutionMissing();
    /// @notice Only the holder or the manufacturer of the unit and regulators may resolve it.
    error NotResolver(uint256 tokenId, address caller);
    /// @notice The unit is in the scope of an open recall, so it cannot be listed or sold.
    error UnitRecalled(uint256 tokenId);

    /// @notice Issues a recall on one model. The model's manufacturer and regulators.
    /// @dev Emits RecallIssued, then RecallScopeAdded.
    /// @param class FDA class, anything but `None`.
    /// @param noticeHash keccak256 of the notice at `noticeUri`, 0 where absent.
    /// @return recallId From 1 on.
    function issueRecall(
        uint256 modelId,
        RecallClass class,
        Scope calldata scope,
        string calldata reason,
        string calldata noticeUri,
        bytes32 noticeHash
    ) external returns (uint256 recallId) {
        _requireModel(modelId);
        _requireManufacturerOrRegulator(modelId);
        if (class == RecallClass.None) revert RecallClassMissing();
        recallId = ++recallCount;
        _recalls[recallId] = Recall(modelId, msg.sender, class, false);
        emit RecallIssued(recallId, modelId, msg.sender, class, reason, noticeUri, noticeHash);
        _addScope(recallId, modelId, scope);
    }

    /// @notice Widens an open recall. Its issuer and regulators. What is in scope already is no error.
    function addRecallScope(uint256 recallId, Scope calldata scope) external {
        Recall storage recall = _requireRecallKeeper(recallId);
        _addScope(recallId, recall.modelId, scope);
    }

    /// @notice Says what became of one unit, living or burned, under an open recall. Its holder, its manufacturer and
    /// regulators. May be said again: the last word counts.
    /// @param resolution Anything but `None`.
    function resolveRecalledUnit(uint256 recallId, uint256 tokenId, Resolution resolution, string calldata note)
        external
    {
        Recall storage recall = _requireOpenRecall(recallId);
        if (!inScope(recallId, tokenId)) revert UnitNotInScope(recallId, tokenId);
        if (resolution == Resolution.None) revert ResolutionMissing();
        bool isResolver = msg.sender == _ownerOf(tokenId) || _isManufacturerOf(recall.modelId, msg.sender);
        if (!isResolver && !_isRegulator(msg.sender)) revert NotResolver(tokenId, msg.sender);
        emit RecallUnitResolved(recallId, tokenId, msg.sender, resolution, note);
    }

    /// @notice Closes a recall for good; its units can be sold again unless another recall holds them. Its issuer and
    /// regulators.
    function closeRecall(uint256 recallId) external {
        Recall storage recall = _requireRecallKeeper(recallId);
        recall.closed = true;
        EnumerableSet.Bytes32Set storage keys = _scopes[recallId];
        uint256 length = keys.length();
        for (uint256 i = 0; i < length; ++i) {
            --_openRecalls[keys.at(i)];
        }
        emit RecallClosed(recallId, msg.sender);
    }

    /// @notice The recall with this id, and how many scope items it has; reverts with `UnknownRecall` where there is
    /// none.
    function recallOf(uint256 recallId) external view returns (Recall memory recall, uint256 scopeItems) {
        return (_requireRecall(recallId), _scopes[recallId].length());
    }

    /// @notice Whether a unit, living or burned, is in the scope of a recall, open or closed.
    function inScope(uint256 recallId, uint256 tokenId) public view returns (bool) {
        _requireRecall(recallId);
        UnitRecord storage unit = _requireUnit(tokenId);
        EnumerableSet.Bytes32Set storage keys = _scopes[recallId];
        return keys.contains(_scopeKey(unit.modelId, ScopeKind.WholeModel, 0))
            || keys.contains(_scopeKey(unit.modelId, ScopeKind.Lot, unit.lotHash))
            || keys.contains(_scopeKey(unit.modelId, ScopeKind.Serial, unit.serialHash));
    }

    /// @notice Whether a unit, living or burned, is in the scope of any open recall.
    function isRecalled(uint256 tokenId) public view returns (bool) {
        UnitRecord storage unit = _requireUnit(tokenId);
        return _openRecalls[_scopeKey(unit.modelId, ScopeKind.WholeModel, 0)] != 0
            || _openRecalls[_scopeKey(unit.modelId, ScopeKind.Lot, unit.lotHash)] != 0
            || _openRecalls[_scopeKey(unit.modelId, ScopeKind.Serial, unit.serialHash)] != 0;
    }

    function _requireNotRecalled(uint256 tokenId) internal view {
        if (isRecalled(tokenId)) revert UnitRecalled(tokenId);
    }

    function _addScope(uint256 recallId, uint256 modelId, Scope calldata scope) private {
        uint256 items = scope.lots.length + scope.serials.length + (scope.wholeModel ? 1 : 0);
        if (items == 0) revert ScopeEmpty();
        if (items > MAX_SCOPE_ITEMS_PER_CALL) revert ScopeTooLarge(items, MAX_SCOPE_ITEMS_PER_CALL);

        if (scope.wholeModel) _addScopeKey(recallId, _scopeKey(modelId, ScopeKind.WholeModel, 0));
        _addScopeTexts(recallId, modelId, ScopeKind.Lot, scope.lots);
        _addScopeTexts(recallId, modelId, ScopeKind.Serial, scope.serials);

        uint256 total = _scopes[recallId].length();
        if (total > MAX_SCOPE_ITEMS_PER_RECALL) revert RecallTooLarge(recallId, total, MAX_SCOPE_ITEMS_PER_RECALL);
        emit RecallScopeAdded(recallId, scope.wholeModel, scope.lots, scope.serials);
    }

    /// @dev An empty text is refused with the other invalid ones: as a lot it would mean every unit without a lot.
    function _addScopeTexts(uint256 recallId, uint256 modelId, ScopeKind kind, string[] calldata texts) private {
        for (uint256 i = 0; i < texts.length; ++i) {
            Identifiers.requireValid(texts[i]);
            _addScopeKey(recallId, _scopeKey(modelId, kind, keccak256(bytes(texts[i]))));
        }
    }

    /// @dev A key counts once a recall, or closing would leave the unit banned for ever.
    function _addScopeKey(uint256 recallId, bytes32 key) private {
        if (_scopes[recallId].add(key)) ++_openRecalls[key];
    }

    function _requireRecall(uint256 recallId) private view returns (Recall storage recall) {
        recall = _recalls[recallId];
        if (recall.modelId == 0) revert UnknownRecall(recallId);
    }

    function _requireOpenRecall(uint256 recallId) private view returns (Recall storage recall) {
        recall = _requireRecall(recallId);
        if (recall.closed) revert RecallAlreadyClosed(recallId);
    }

    function _requireRecallKeeper(uint256 recallId) private view returns (Recall storage recall) {
        recall = _requireOpenRecall(recallId);
        bool isIssuer = recall.issuer == msg.sender && _isManufacturerOf(recall.modelId, msg.sender);
        if (!isIssuer && !_isRegulator(msg.sender)) revert NotRecallKeeper(recallId, msg.sender);
    }

    /// @dev The model is in the key, so a scope cannot reach the lots and serials of another model.
    function _scopeKey(uint256 modelId, ScopeKind kind, bytes32 textHash) private pure returns (bytes32) {
        return keccak256(abi.encode(modelId, kind, textHash));
    }
}
