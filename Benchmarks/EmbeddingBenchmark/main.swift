import Engine
import Foundation
print("")
