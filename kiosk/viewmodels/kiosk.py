"""The whole kiosk as the views see it: one view-model for each step and one for what stands around them."""

from PySide6.QtCore import Property, QObject
from PySide6.QtQml import QmlElement

from kiosk.outage import Standby
from kiosk.stillness import VISIT, Patience
from kiosk.viewmodels.book import BookModel
from kiosk.viewmodels.book_hold import BookHoldModel
from kiosk.viewmodels.book_mine import BookMineModel
from kiosk.viewmodels.check_in import CheckInModel
from kiosk.viewmodels.clock import ClockModel
from kiosk.viewmodels.code import CodeModel
from kiosk.viewmodels.confirm import ConfirmModel
from kiosk.viewmodels.devices import Devices, DeviceSpecs
from kiosk.viewmodels.done import DoneModel
from kiosk.viewmodels.found import FoundModel
from kiosk.viewmodels.frame import FrameModel
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.help import HelpModel
from kiosk.viewmodels.home import HomeModel
from kiosk.viewmodels.identity import IdentityModel
from kiosk.viewmodels.lane import LaneModel
from kiosk.viewmodels.lending import Lending
from kiosk.viewmodels.loose_ends import LooseEnds
from kiosk.viewmodels.matter import MatterModel
from kiosk.viewmodels.number import NumberModel
from kiosk.viewmodels.priority import PriorityModel
from kiosk.viewmodels.reasons import ReasonsModel
from kiosk.viewmodels.search import SearchModel
from kiosk.viewmodels.slips import Slips
from kiosk.viewmodels.stillness import StillnessModel
from kiosk.viewmodels.wedge import WedgeFilter
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class KioskModel(QObject):
    """Builds the view-models over one visit, one bridge to the hub and one set of devices."""

    def __init__(
        self,
        guide: Guide,
        bridge: HallBridge,
        specs: DeviceSpecs,
        standby: Standby,
        patience: Patience = VISIT,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.guide = guide
        self.devices = Devices(guide, bridge, specs, self)
        lending = Lending(bridge, standby, self)
        guide.as_known = lending.as_known
        ends = LooseEnds(bridge, lending, self)
        slips = Slips(guide, bridge, self.devices, ends, self)
        self._frame = FrameModel(guide, bridge, lending, self)
        self._clock = ClockModel(bridge, self)
        self._stillness = StillnessModel(guide, patience, parent=self)
        self.wedge = WedgeFilter(self)
        self._home = HomeModel(guide, bridge, self.devices.equipment, parent=self)
        self._search = SearchModel(guide, bridge, self)
        self._matter = MatterModel(guide, bridge, self)
        self._lane = LaneModel(guide, bridge, self)
        self._identity = IdentityModel(guide, bridge, self.devices, self)
        self._number = NumberModel(guide, bridge, self)
        self._code = CodeModel(guide, bridge, self.devices, slips, self)
        self.wedge.scanned.connect(self._code.read)
        self._reasons = ReasonsModel(guide, bridge, self.devices, self)
        self._priority = PriorityModel(guide, bridge, self)
        self._confirm = ConfirmModel(guide, bridge, self.devices, slips, ends, lending, self)
        self._done = DoneModel(guide, bridge, self.devices, slips, self)
        self._found = FoundModel(guide, bridge, self.devices, slips, self)
        self._help = HelpModel(guide, bridge, self)
        self._book = BookModel(guide, bridge, self)
        self._book_hold = BookHoldModel(guide, bridge, self.devices, ends, self)
        self._book_mine = BookMineModel(guide, bridge, self)
        self._check_in = CheckInModel(guide, bridge, self.devices, slips, self)
        self._code.booking_scanned.connect(self._check_in.scan)

    @Property(FrameModel, constant=True)
    def frame(self) -> FrameModel:
        return self._frame

    @Property(ClockModel, constant=True)
    def clock(self) -> ClockModel:
        return self._clock

    @Property(StillnessModel, constant=True)
    def stillness(self) -> StillnessModel:
        return self._stillness

    @Property(HomeModel, constant=True)
    def home(self) -> HomeModel:
        return self._home

    @Property(SearchModel, constant=True)
    def search(self) -> SearchModel:
        return self._search

    @Property(MatterModel, constant=True)
    def matter(self) -> MatterModel:
        return self._matter

    @Property(LaneModel, constant=True)
    def lane(self) -> LaneModel:
        return self._lane

    @Property(IdentityModel, constant=True)
    def identity(self) -> IdentityModel:
        return self._identity

    @Property(NumberModel, constant=True)
    def number(self) -> NumberModel:
        return self._number

    @Property(CodeModel, constant=True)
    def code(self) -> CodeModel:
        return self._code

    @Property(ReasonsModel, constant=True)
    def reasons(self) -> ReasonsModel:
        return self._reasons

    @Property(PriorityModel, constant=True)
    def priority(self) -> PriorityModel:
        return self._priority

    @Property(ConfirmModel, constant=True)
    def confirm(self) -> ConfirmModel:
        return self._confirm

    @Property(DoneModel, constant=True)
    def done(self) -> DoneModel:
        return self._done

    @Property(FoundModel, constant=True)
    def found(self) -> FoundModel:
        return self._found

    @Property(HelpModel, constant=True)
    def help(self) -> HelpModel:
        return self._help

    @Property(BookModel, constant=True)
    def book(self) -> BookModel:
        return self._book

    @Property(BookHoldModel, constant=True)
    def bookHold(self) -> BookHoldModel:
        return self._book_hold

    @Property(BookMineModel, constant=True)
    def bookMine(self) -> BookMineModel:
        return self._book_mine

    @Property(CheckInModel, constant=True)
    def checkIn(self) -> CheckInModel:
        return self._check_in
