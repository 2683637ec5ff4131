// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Handoffs} from "./Handoffs.sol";
import {Recalls} from "./Recalls.sol";

/// @title Sale against payment in the chain's native currency, in wei.
/// @notice The owner lists a unit at a price; the buyer pays price and fee in one exact amount, the seller gets the
/// price and the treasury the fee. A listing ends with any other move of the unit, which emits SaleDelisted before
/// Transfer. A lock, a hand-off or a recall suspends a listing: it stays, but nobody can buy.
abstract contract Sales is Handoffs, Recalls, ReentrancyGuardTransient {
    struct Listing {
        address seller;
        uint96 price;
    }

    /// @notice One in ten thousand parts: fees are counted in these.
    uint256 public constant BASIS_POINTS = 10_000;
    /// @notice The highest fee that an admin can set: 10 %.
    uint16 public constant MAX_FEE_BASIS_POINTS = 1_000;

    /// @notice The fee on the price, on top of it, in basis points.
    uint16 public feeBasisPoints;
    /// @notice Who receives the fee.
    address public treasury;

    mapping(uint256 tokenId => Listing) private _listings;

    /// @notice The fee is above the cap.
    error FeeTooHigh(uint16 basisPoints, uint16 max);
    /// @notice The treasury must be an address other than 0.
    error TreasuryMissing();
    /// @notice A price is 1 to `max` wei.
    error PriceOutOfRange(uint256 price, uint256 max);
    /// @notice The unit is not for sale.
    error UnitNotListed(uint256 tokenId);
    /// @notice The payment must be exactly price + fee.
    error WrongPayment(uint256 tokenId, uint256 sent, uint256 price, uint256 fee);
    /// @notice `payee` did not accept `amount` wei, so the sale did not happen.
    error PaymentRefused(address payee, uint256 amount);

    constructor(address treasury_, uint16 feeBasisPoints_) {
        _setTreasury(treasury_);
        _setFee(feeBasisPoints_);
    }

    /// @notice Sets the fee of all sales from now on. Admin only.
    function setFee(uint16 basisPoints) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setFee(basisPoints);
    }

    /// @notice Sets who receives the fees. Admin only. A contract that refuses money stops all sales with a fee.
    function setTreasury(address treasury_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setTreasury(treasury_);
    }

    /// @notice Offers a unit for sale, or changes its price. The owner only.
    /// @param price In wei, without the fee; from 1 to 2^96-1.
    function list(uint256 tokenId, uint256 price) external {
        _requireUnitOwner(tokenId);
        _requireSaleable(tokenId);
        if (price == 0 || price > type(uint96).max) revert PriceOutOfRange(price, type(uint96).max);
        _listings[tokenId] = Listing(msg.sender, uint96(price));
        emit SaleListed(tokenId, msg.sender, price);
    }

    /// @notice Takes a unit off the market. The owner only.
    function delist(uint256 tokenId) external {
        _requireUnitOwner(tokenId);
        _requireListing(tokenId);
        _endListing(tokenId);
    }

    /// @notice Buys a listed unit for exactly its price and fee.
    /// @dev Emits Transfer, then DeviceSold; pays afterwards, when there is nothing left for a payee to abuse.
    function buy(uint256 tokenId) external payable nonReentrant {
        Listing memory listing = _requireListing(tokenId);
        _requireSaleable(tokenId);
        uint256 fee = feeFor(listing.price);
        if (msg.value != listing.price + fee) revert WrongPayment(tokenId, msg.value, listing.price, fee);

        delete _listings[tokenId];
        _transfer(listing.seller, msg.sender, tokenId);
        emit DeviceSold(tokenId, listing.seller, msg.sender, listing.price, fee);

        _pay(listing.seller, listing.price);
        if (fee != 0) _pay(treasury, fee);
    }

    /// @notice What a unit sells for: the buyer pays price + fee. All 0 where it is not listed.
    function saleOf(uint256 tokenId) external view returns (address seller, uint256 price, uint256 fee) {
        Listing memory listing = _listings[tokenId];
        return (listing.seller, listing.price, feeFor(listing.price));
    }

    /// @notice The fee on a price in wei, rounded down to the wei.
    function feeFor(uint256 price) public view returns (uint256) {
        return price * feeBasisPoints / BASIS_POINTS;
    }

    function _update(address to, uint256 tokenId, address auth)
        internal
        virtual
        override(ERC721, Handoffs)
        returns (address)
    {
        if (_listings[tokenId].seller != address(0)) _endListing(tokenId);
        return super._update(to, tokenId, auth);
    }

    function _requireSaleable(uint256 tokenId) private view {
        _requireUnlocked(tokenId);
        _requireNotInHandoff(tokenId);
        _requireNotRecalled(tokenId);
    }

    function _requireListing(uint256 tokenId) private view returns (Listing memory listing) {
        listing = _listings[tokenId];
        if (listing.seller == address(0)) revert UnitNotListed(tokenId);
    }

    function _endListing(uint256 tokenId) private {
        address seller = _listings[tokenId].seller;
        delete _listings[tokenId];
        emit SaleDelisted(tokenId, seller);
    }

    function _pay(address payee, uint256 amount) private {
        (bool accepted,) = payee.call{value: amount}("");
        if (!accepted) revert PaymentRefused(payee, amount);
    }

    function _setFee(uint16 basisPoints) private {
        if (basisPoints > MAX_FEE_BASIS_POINTS) revert FeeTooHigh(basisPoints, MAX_FEE_BASIS_POINTS);
        feeBasisPoints = basisPoints;
        emit FeeUpdated(basisPoints);
    }

    function _setTreasury(address treasury_) private {
        if (treasury_ == address(0)) revert TreasuryMissing();
        treasury = treasury_;
        emit TreasuryUpdated(treasury_);
    }
}
