"""The bodies of the simulated API's answers, in the shapes of CHZZK's: fields that say nothing here are constant."""

import json
from collections.abc import Sequence

from simulated_channel.broadcast import Broadcast
from simulated_channel.channel import Channel
from simulated_channel.kst import in_kst
from simulated_channel.playback import Json


def enveloped(content: Json | None) -> Json:
    return {"code": 200, "message": None, "content": content}


def failed(code: int, message: str) -> Json:
    return {"code": code, "message": message}


def found_channels(channels: Sequence[Channel], offset: int, size: int) -> Json:
    page = channels[offset : offset + size]
    more = offset + size < len(channels)
    return {
        "size": len(page),
        "page": {"next": {"offset": offset + size} if more else None, "prev": None} if page else None,
        "data": [{"channel": _found_channel(channel), "content": {"live": None, "videos": []}} for channel in page],
    }


def videos(channel: Channel, size: int) -> Json:
    over = [broadcast for broadcast in reversed(channel.broadcasts) if broadcast.closed_at]
    data = [_replay(broadcast) for broadcast in over[:size]]
    return {"page": 0, "size": size, "totalCount": len(over), "totalPages": 1, "data": data}


def _replay(broadcast: Broadcast) -> Json:
    closed_at = broadcast.closed_at or broadcast.opened_at
    return {
        "videoNo": broadcast.live_id,
        "videoTitle": broadcast.title,
        "videoType": "REPLAY",
        "publishDate": in_kst(closed_at),
        "duration": round((closed_at - broadcast.opened_at).total_seconds()),
        "adult": False,
    }


def _found_channel(channel: Channel) -> Json:
    return {
        **_name(channel),
        "verifiedMark": False,
        "channelDescription": "",
        "followerCount": 3,
        "openLive": channel.on_air,
        "activatedChannelBadgeIds": [],
    }


def _name(channel: Channel) -> Json:
    return {"channelId": channel.channel_id, "channelName": channel.nickname, "channelImageUrl": None}


def channel_by_id(channel: Channel) -> Json:
    return {
        **_name(channel),
        "verifiedMark": False,
        "channelType": "STREAMING",
        "channelDescription": "",
        "followerCount": 3,
        "openLive": channel.on_air,
        "subscriptionAvailability": False,
        "subscriptionPaymentAvailability": {"iapAvailability": False, "iabAvailability": False},
        "adMonetizationAvailability": False,
        "activatedChannelBadgeIds": [],
        "paidProductSaleAllowed": False,
    }


def unknown_channel() -> Json:
    return {
        "channelId": None,
        "channelName": "(알 수 없음)",
        "channelImageUrl": None,
        "verifiedMark": False,
        "channelType": None,
        "channelDescription": None,
        "followerCount": 0,
        "openLive": False,
    }


def live_status(channel: Channel, broadcast: Broadcast) -> Json:
    """The cheap one: no `liveId`, no playback."""
    return {
        **_live(broadcast),
        "faultStatus": None,
        "liveConnecting": False,
        "skipPreRollAd": False,
        "abroadCountry": False,
        "playerRecommendContent": {"categoryLives": [], "channelLatestVideos": []},
        "chatSlowModeSec": 0,
        "chatEmojiMode": False,
        "liveTokenList": [],
        "channelId": channel.channel_id,
        "lastAdultReleaseDate": None,
        "lastKrOnlyViewingReleaseDate": None,
        "lastTvAppAllowedDate": None,
        "logPowerActive": False,
        "logPowerRankingExposure": True,
        "donationCampaignId": None,
        "donationBoardNo": None,
        "sportsMatch": None,
        "streamerShopCatalogTagActive": False,
    }


def rewound_playback(playback: Json) -> Json:
    """Where the time machine plays."""
    return {"playbackJson": json.dumps(playback), "pq": [], "tmp": True}


def live_detail(channel: Channel, broadcast: Broadcast, playback: Json) -> Json:
    return {
        **_live(broadcast),
        "liveId": broadcast.live_id,
        "liveImageUrl": None,
        "defaultThumbnailImageUrl": None,
        "livePlaybackJson": json.dumps(playback),
        "p2pQuality": [],
        "timeMachinePlayback": False,
        "channel": {**_name(channel), "verifiedMark": False, "activatedChannelBadgeIds": []},
        "logPower": {"active": False, "exposureWeeklyRanking": True, "exposureMonthlyRanking": False},
        "adParameter": {"tag": "none"},
        "watchPartyPaidProductId": None,
        "dab": False,
        "earthquake": False,
        "paidProduct": None,
        "party": None,
    }


def _live(broadcast: Broadcast) -> Json:
    return {
        "liveTitle": broadcast.title,
        "status": "OPEN" if broadcast.on_air else "CLOSE",
        "concurrentUserCount": 1,
        "cvExposure": True,
        "accumulateCount": 0,
        "paidPromotion": False,
        "adult": False,
        "krOnlyViewing": False,
        "openDate": in_kst(broadcast.opened_at),
        "closeDate": in_kst(broadcast.closed_at) if broadcast.closed_at else None,
        "clipActive": True,
        "chatChannelId": None,
        "tags": [],
        "categoryType": "ETC",
        "liveCategory": broadcast.category,
        "liveCategoryValue": broadcast.category,
        "livePollingStatusJson": json.dumps(_polling(on_air=broadcast.on_air)),
        "userAdultStatus": None,
        "blindType": None,
        "chatActive": True,
        "chatAvailableGroup": "ALL",
        "chatAvailableCondition": "NONE",
        "minFollowerMinute": 0,
        "allowSubscriberInFollowerMode": True,
        "chatDonationRankingExposure": True,
        "dropsCampaignNo": None,
        "watchPartyNo": None,
        "watchPartyTag": None,
        "watchPartyType": None,
        "timeMachineActive": broadcast.rewinds_by > 0,
        "tvAppViewingPolicyType": "ALLOWED",
    }


def _polling(*, on_air: bool) -> Json:
    return {
        "status": "STARTED" if on_air else "ENDED",
        "isPublishing": on_air,
        "playableStatus": "PLAYABLE" if on_air else "UNPLAYABLE",
        "trafficThrottling": -1,
        "callPeriodMilliSecond": 10000,
    }
