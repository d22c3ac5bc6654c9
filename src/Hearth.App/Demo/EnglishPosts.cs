namespace Hearth.App.Demo;

/// <summary>What people say about Emberly in English. Slots: product, kind, days, hours, weeks, city, price.</summary>
internal static class EnglishPosts
{
    public static readonly Dictionary<string, string[]> Lexicon = new(StringComparer.Ordinal)
    {
        ["brand"] = ["Emberly", "@emberly", "Emberly", "Emberly"],
        ["who"] = ["my partner", "my dad", "my sister", "a friend", "my tent mate", "our scout leader", "my flatmate", "my daughter", "half of my hiking group", "my brother-in-law"],
        ["when"] = ["this morning", "yesterday", "last weekend", "on day two of the trip", "on the train home", "halfway up", "at the worst moment", "just now", "on Saturday", "before breakfast"],
        ["trip"] = ["in the Lakes", "in the Dolomites", "on the coast path", "on a two-night trip", "in the Black Forest", "on the Camino", "in Snowdonia", "at a festival", "in the garden, honestly", "up near {city}", "on the West Highland Way", "in the Sierra"],
        ["sigh"] = ["Ugh.", "Not impressed.", "Sad about this.", "Come on.", "Honestly disappointed.", "What a shame.", "Not what I paid for.", "Really annoying.", "", "", "So frustrating.", "I expected better."],
        ["ask"] = ["What now?", "Is that covered?", "Can I get a replacement?", "Please fix this.", "Anyone else?", "Do you even test these?", "Who do I talk to?", "", "", "Can somebody help?", "I'd like my money back."],
        ["glad"] = ["love it", "could not be happier", "worth every cent", "best thing I bought this year", "ten out of ten", "brilliant", "I am a fan", "it just works", "would buy again", "so good"],
        ["tag"] = ["", "", "", "", "#camping", "#hiking", "#gear", "#wildcamping", "#microadventure", "#bikepacking"],

        ["cause.hinge"] =
        [
            "[The|My] lid hinge of {who}'s {product} [cracked|snapped|broke] after {weeks} weeks. {sigh} {ask}",
            "{sigh} {product}: hinge on the lid [gave up|cracked clean through|snapped off] {when}, coffee all over my [pack|sleeping bag|maps].",
            "Second {product}, second [cracked|broken] lid hinge. {brand}, [that is not bad luck any more|what is going on|a lid for life, was it]?",
            "Leaking flask {trip}. The plastic hinge [has a crack|is split] and the lid [won't close|does not seal]. {ask} {tag}",
            "The {product} keeps tea hot for a day, but the lid hinge [cracked|broke] after {weeks} weeks. [Ten-year guarantee, they said.|So much for ten years.|] {ask}",
            "[Hey|Hi] {brand}, the hinge of my {product} [cracked|is broken] [and it leaks|, now everything is wet|, again]. I bought it {weeks} weeks ago. {ask}",
            "Opened my bag {when}: soaked. Hinge of the {kind} lid [cracked|snapped]. {sigh}",
            "Warning: the lid of the {product} [breaks at the hinge|cracks at the hinge]. {who} has the same. {sigh} {tag}",
        ],
        ["cause.depot"] =
        [
            "Ordered from {brand} {days} days ago, promised two. Tracking [stands still|has not moved since Tuesday|says 'at northern depot']. {sigh}",
            "{days} days and still no parcel. {brand} [promises two working days|said two days]. {ask} {tag}",
            "My {product} is [stuck|sitting] in a depot [near {city}|up north] for {days} days now. {sigh} {ask}",
            "Late again: {days} days for a {kind}. [The trip was last weekend.|I needed it for the weekend.|We left without it.] {sigh}",
            "[Hi|Hello] {brand}, where is my order? It was due {days} days ago and nobody [knows|can say]. {ask}",
            "Delivery took {days} days instead of two. The {kind} is great, the [delivery|shipping] is not. {tag}",
            "Two-day delivery, they said. Day {days}, they now say. {sigh} The {product} better be good.",
        ],
        ["cause.wait"] =
        [
            "Wrote to {brand} support on Friday evening, [answer on Monday noon|still nothing on Sunday]. 'Within two hours', says the page. {sigh}",
            "Is anybody at {brand} support alive at the weekend? Waiting for {hours} hours. {ask}",
            "Been waiting {hours} hours for an answer [from {brand}|about my {product}]. {sigh}",
            "{brand} promises an answer within two hours. It is hour {hours}. [Tick tock.|I am counting.|Hello?]",
            "Support chat of {brand}: [no reply|silence] since Saturday. {ask} {tag}",
            "No answer in {hours} hours, no answer by phone. {sigh} All I want to know is how to [clean|register|return] a {kind}.",
        ],
        ["cause.glow"] =
        [
            "The {product} is advertised with twenty hours. Mine is [dark|dead|empty] after {hours}. {sigh} {ask}",
            "{product} battery: {hours} hours, not twenty. [Measured it twice.|Fully charged, lowest setting.|Brand new.] {sigh}",
            "Lantern died {when}. {hours} hours on a full charge, {brand}. {ask} {tag}",
            "Lovely warm light, but the battery of the {product} lasts {hours} hours at best. [Twenty was a lie.|Where are the other nine?|Please be honest in your ads.]",
            "Sat in the dark {trip} because the {product} gave up after {hours} hours. {sigh}",
            "Anybody else whose {product} [does not last the night|runs out after {hours} hours]? Ad says 20. {ask}",
        ],
        ["cause.strap"] =
        [
            "Shoulder straps of the {product} [cut in|hurt|dig into my neck] after {hours} kilometres. {sigh} {ask}",
            "{product} with twelve kilos: sore shoulders {when}. 'As if they were ten', ha. {sigh}",
            "The straps on my {product} are too [narrow|stiff|thin]. Bruises {trip}. {ask} {tag}",
            "Love the pockets of the {product}, hate the straps. They [rub|cut in] as soon as it is full. {sigh}",
        ],
        ["cause.checkout"] =
        [
            "{brand} checkout is broken: wallet payment [fails|throws an error] after the last step. {sigh} {ask}",
            "Tried to buy a {product} three times, error at payment every time. {ask}",
            "Charged twice by {brand}, no order in my account. Wallet payment [is broken|failed]. {ask}",
            "'Something went wrong' at checkout. Yes, your website, {brand}. {sigh} {tag}",
            "Wanted to give you {price} euro for a {kind}, your checkout said no. Payment error with the wallet. {sigh}",
            "Is the {brand} shop down? Wallet payment [hangs|fails] since [this morning|last night|an hour ago]. {ask}",
        ],
        ["praise"] =
        [
            "The {product} {trip}: {glad}. {tag}",
            "Used my {product} {when}, {trip}. {glad}! {tag}",
            "{who} gave me a {product} and I [{glad}|cannot stop talking about it]. Thank you, {brand}!",
            "{brand} {product} after a year: not a scratch, {glad}.",
            "Shout-out to {brand}: [fast|kind|clear] [answer|help] {when}, [problem solved|sorted in minutes]. {glad}. {tag}",
            "Nothing beats [tea|coffee|soup] from the {product} [at sunrise|in the rain|above the clouds]. {glad}. {tag}",
            "Light, quiet, well made: the {product} is [a great {kind}|the best {kind} I have had]. {glad}.",
            "Was sceptical about paying {price} euro for a {kind}. After {weeks} weeks {trip}: {glad}.",
            "New {product} arrived in two days, [nicely packed|no plastic at all]. {glad}, {brand}! {tag}",
            "My {product} survived [a fall|a river|my toddler|a storm] {trip}. {glad}.",
            "{brand} repaired my old {kind} for free. Who does that? {glad}. {tag}",
            "Evening {trip} with the {product}. [Happy.|Perfect.|Life is good.|No notes.] {tag}",
        ],
        ["question"] =
        [
            "Does the {product} [fit into hand luggage|work with other makers' cups|survive a dishwasher|take third-party batteries]? {tag}",
            "Question for {brand}: how do I [clean|store over winter|reset|register] my {product}?",
            "Can I take the {product} on a plane? [Asking before I pack.|Flight is on Friday.|The website does not say.]",
            "Which would you take {trip}, the {product} or something lighter? {brand}?",
            "Is there a spare [lid|strap|burner|cable|valve] for the {product}, and where can I buy it?",
            "How long does the {product} need to [charge|boil a litre|dry]? Cannot find it on the page, {brand}.",
            "Hi {brand}, do you ship to [Norway|Switzerland|the Azores|Northern Ireland]? {tag}",
            "What is the difference between the old and the new {product}? {brand} {tag}",
            "Does anybody know whether the {product} is [waterproof|quiet enough for a hut|fine below zero]?",
        ],
        ["purchase"] =
        [
            "Thinking about buying the {product}. Any offers coming, {brand}?",
            "Where can I buy a {product} near {city}?",
            "I want a {product} for [my birthday|the summer|the new season]. Worth {price} euro? {tag}",
            "Looking for a new {kind}, the {product} looks great. Does it ever go on sale?",
            "About to order the {product} from {brand}, [anybody regret it|anything I should know]?",
            "Is the {product} in the outlet any time soon? Would buy at once.",
            "Need a {kind} by Friday. {brand} or somebody else?",
        ],
        ["idea"] =
        [
            "{brand}, you should make a {product} in [green|a smaller size|titanium|a kids' version]. {tag}",
            "Idea for {brand}: sell the [lid|strap|burner|battery] of the {product} as a spare part.",
            "It would be great if the {product} had a [lock|handle|second pocket|dimmer|USB-C port].",
            "I wish {brand} rented out {kind}s for weekends.",
            "Why not a trade-in for old {kind}s, {brand}? I would bring mine. {tag}",
            "Suggestion: print the [boil time|weight|opening hours of the repair shop] on the {kind}, {brand}.",
        ],
        ["noise"] =
        [
            "Weather {trip} looks fine for the weekend. Pack list: [tent, stove, {brand} kettle, too many snacks|the usual and an Emberly lantern]. {tag}",
            "Saw an {brand} poster in {city} today.",
            "New {brand} video is out, filmed {trip}.",
            "{who} works at {brand} now. Small world.",
            "Unboxing the {product} on my channel tonight. {tag}",
            "Trip report {trip}: two days, one {kind}, no phone signal. {tag}",
            "Comparing {kind}s this month: {product}, two others, one spreadsheet.",
            "{brand} sponsors the trail run near {city} again. {tag}",
            "Selling my old tent. Not selling my {product}.",
        ],
        ["grumble"] =
        [
            "{price} euro for a {kind} is [a lot|too much|bold], {brand}.",
            "The {product} is out of stock again. {sigh}",
            "Instructions of the {product} are [tiny|a riddle|only pictures]. {sigh}",
            "My {product} came in far too much [cardboard|packaging], {brand}.",
            "The zip of {who}'s {product} [jams|sticks]. {sigh} {ask}",
            "{brand} newsletter: three mails a day. {sigh}",
            "The {brand} app logs me out [every time|{when} again]. {sigh}",
            "The {product} hums louder than I expected. {sigh}",
        ],
        ["again"] =
        [
            "Thank you, that [helped|worked]! [Great service.|You are kind.|]", "Thanks, [{glad}|all good now].", "That was quick, thank you!", "Perfect, [done|ordered|sent it], thanks {brand}.",
            "OK, I sent you the order number.", "Hm, that did not work, it is still the same.", "Thanks. Fingers crossed.", "Wow, an actual person. Thank you!",
        ],
    };
}
