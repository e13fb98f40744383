// Every size, colour and time of every screen. An app sets `app`, `scale` and `mode` once; controls follow.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    // -- what the app tells -------------------------------------------------------------------------
    // kiosk, counter or display: which row of sizes holds.
    property string app: "kiosk"
    // Pixels of this screen for each pixel of the drawn one (kiosk: shorter side 1080; display: height 1080).
    property real scale: 1
    // light, contrast or elder.
    property string mode: "light"
    // False stops every movement (screenshots; people whom movement makes ill).
    property bool moves: true

    readonly property bool isContrast: mode === "contrast"
    readonly property bool isElder: mode === "elder"

    // -- type, in pixels ----------------------------------------------------------------------------
    readonly property string family: "Noto Sans CJK SC"
    readonly property real lineHeight: 1.4
    // Digits of one width, so that a running clock and a column of numbers stand still.
    readonly property var tabular: ({ "tnum": 1 })

    readonly property var _sizes: ({
        "kiosk": { "small": 26, "body": 32, "large": 40, "title": 56, "number": 200, "touch": 120 },
        "counter": { "small": 14, "body": 17, "large": 20, "title": 26, "number": 96, "touch": 44 },
        "display": { "small": 28, "body": 36, "large": 48, "title": 64, "number": 112, "touch": 48 }
    })
    readonly property var _size: _sizes[app] ?? _sizes["kiosk"]
    readonly property real elderFactor: 1.4
    readonly property real typeScale: scale * (isElder ? elderFactor : 1)

    readonly property real small: _size.small * typeScale
    readonly property real body: _size.body * typeScale
    readonly property real large: _size.large * typeScale
    readonly property real title: _size.title * typeScale
    // Numbers and targets are large enough for everybody: they do not grow with the elder mode.
    readonly property real number: _size.number * scale
    readonly property real touch: _size.touch * scale
    // The name of a keyboard's key in the corner of a key on the screen.
    readonly property real keyName: _size.small * 0.86 * scale

    // -- space, in pixels ---------------------------------------------------------------------------
    readonly property real grid: 8 * scale
    readonly property real gap: (app === "counter" ? 8 : 16) * scale
    readonly property real space: (app === "counter" ? 16 : 24) * scale
    readonly property real margin: (app === "counter" ? 16 : 40) * scale
    readonly property real radius: 16 * scale
    readonly property real hairline: Math.max(1, Math.round(scale * (isContrast ? 3 : 1)))
    readonly property real focusWidth: Math.max(2, Math.round(3 * scale))

    // -- movement, in milliseconds ------------------------------------------------------------------
    readonly property int quick: moves ? 150 : 0
    readonly property int calm: moves ? 250 : 0
    readonly property int easing: Easing.OutCubic
    readonly property int pulses: 3

    // -- colour -------------------------------------------------------------------------------------
    readonly property color structure: isContrast ? "#000000" : "#0B3A82"
    readonly property color inkOnStructure: "#FFFFFF"
    readonly property color action: isContrast ? "#FFD400" : "#1464C8"
    readonly property color actionPressed: isContrast ? "#FFE766" : "#0F4C9A"
    readonly property color actionSoft: isContrast ? "#2B2B2B" : "#E6EFFA"
    readonly property color inkOnAction: isContrast ? "#000000" : "#FFFFFF"
    readonly property color call: isContrast ? "#FFD400" : "#F5A400"
    readonly property color callSoft: isContrast ? "#2E2600" : "#FFF4DC"
    readonly property color inkOnCall: isContrast ? "#000000" : "#14213D"
    readonly property color inkOnCallSoft: isContrast ? "#FFD400" : "#624200"
    // Under a called number.
    readonly property color callGround: isContrast ? "#000000" : "#14213D"
    readonly property color inkOnCallGround: "#FFFFFF"
    // The second line on callGround or structure.
    readonly property color quietOnDark: isContrast ? "#FFFFFF" : "#DCE6F6"
    readonly property color signOnCallGround: "#2B3D63"
    readonly property color liveOnCallGround: "#7CF2AE"
    // Under words on a picture.
    readonly property color veil: isContrast ? "#FF000000" : "#D914213D"
    readonly property color done: isContrast ? "#7CF2AE" : "#1B7F4B"
    readonly property color doneSoft: isContrast ? "#00261A" : "#E4F3EA"
    readonly property color inkOnDone: isContrast ? "#000000" : "#FFFFFF"
    readonly property color inkOnDoneSoft: isContrast ? "#7CF2AE" : "#115C34"
    readonly property color refusal: isContrast ? "#FFB4AB" : "#B3261E"
    readonly property color refusalSoft: isContrast ? "#3A0B08" : "#FBE9E7"
    readonly property color refusalInk: isContrast ? "#FFFFFF" : "#7A1710"
    readonly property color inkOnRefusal: isContrast ? "#000000" : "#FFFFFF"
    readonly property color ground: isContrast ? "#000000" : "#F6F8FB"
    readonly property color surface: isContrast ? "#121212" : "#FFFFFF"
    readonly property color ink: isContrast ? "#FFFFFF" : "#14213D"
    readonly property color quiet: isContrast ? "#E0E0E0" : "#44516B"
    readonly property color line: isContrast ? "#FFFFFF" : "#C9D3E3"
    readonly property color off: isContrast ? "#3D3D3D" : "#E3E8F0"
    readonly property color inkOnOff: isContrast ? "#E0E0E0" : "#3F4A63"
    readonly property color focus: isContrast ? "#7FD1FF" : "#7A3FF2"
    readonly property color shadow: isContrast ? "#00000000" : "#1A14213D"
    readonly property real shadowBlur: isContrast ? 0 : 16 * scale
    readonly property real shadowDrop: isContrast ? 0 : 4 * scale

    // -- lanes --------------------------------------------------------------------------------------
    // A hue for each lane of the hall; white letters stand on all of them.
    readonly property var laneHues: ({
        "A": "#0B6BCB", "B": "#A84300", "C": "#17703F", "D": "#A8174B", "E": "#6A2FA6", "F": "#00707A",
        "G": "#B0178C", "H": "#252A63", "J": "#686100", "V": "#4A5560", "W": "#7A4A21"
    })
    readonly property color inkOnLane: "#FFFFFF"

    // The hue of a lane; letters beyond the table share its hues in turn.
    function laneHue(letter: string): color {
        const known = laneHues[letter];
        if (known)
            return known;
        const hues = Object.values(laneHues);
        return hues[(letter.charCodeAt(0) || 0) % hues.length];
    }
}
